import { runSimulation } from '@cloud-copilot/iam-simulate'
import * as z from 'zod'
import { BOUNDARY } from './stacks.ts'
import { type StackName, synthesized } from './synthesized.ts'

const ACCOUNT = '111122223333'
const REGION = 'eu-central-1'
export const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret`
export const OWN_KEY = `${SECRET}:Test/admin-keys/01J8Z0000000000000000000AA-AbCdEf`

const statementSchema = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z.union([z.string(), z.array(z.string())]).transform((resource) => [resource].flat()),
  Condition: z.unknown().optional(),
})
type Statement = z.infer<typeof statementSchema>

const resourcesSchema = z.record(
  z.string(),
  z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
)
type Resources = z.infer<typeof resourcesSchema>

/** How the ARNs of the resources begin that policies may name, and how they end. */
const ARNS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['AWS::DynamoDB::Table', [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/`, '']],
  ['AWS::SQS::Queue', [`arn:aws:sqs:${REGION}:${ACCOUNT}:`, '']],
  ['AWS::Logs::LogGroup', [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:`, ':*']],
  ['AWS::Lambda::Function', [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:`, '']],
  ['AWS::IAM::Role', [`arn:aws:iam::${ACCOUNT}:role/`, '']],
  ['AWS::S3::Bucket', ['arn:aws:s3:::', '']],
  ['AWS::KMS::Key', [`arn:aws:kms:${REGION}:${ACCOUNT}:key/`, '']],
  ['AWS::SecretsManager::Secret', [`arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:`, '']],
])

/** The ARN of a resource of the stack, as it will look once deployed; its logical id stands for the generated name. */
function arnOf(resources: Resources, logicalId: string): string {
  const arn = ARNS.get(resources[logicalId]?.Type ?? '')
  if (arn === undefined) throw new Error(`A policy names ${logicalId}, which is not expected of it.`)
  return arn.join(logicalId)
}

const join = z.tuple([z.literal(''), z.array(z.unknown())])

const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com',
}

/** A value of the template with its references filled in. */
function filledIn(resources: Resources, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => filledIn(resources, each))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [[name, inner] = ['', undefined]] = entries
  if (name === 'Ref') {
    const isSecret = resources[String(inner)]?.Type === 'AWS::SecretsManager::Secret'
    return isSecret ? arnOf(resources, String(inner)) : (PSEUDO_PARAMETERS[String(inner)] ?? inner)
  }
  if (name === 'Fn::GetAtt') return arnOf(resources, z.tuple([z.string(), z.literal('Arn')]).parse(inner)[0])
  if (name === 'Fn::Join')
    return join
      .parse(inner)[1]
      .map((each) => filledIn(resources, each))
      .join('')
  return Object.fromEntries(entries.map(([key, each]) => [key, filledIn(resources, each)]))
}

const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
  Roles: z.array(z.object({ Ref: z.string() })),
})

/** A role, and everything that its policies allow. */
interface RoleOf {
  readonly arn: string
  readonly statements: Statement[]
}

/** The role of a function. No role has anything but policies of the template. */
function roleOf(resources: Resources, functionDescription: RegExp): RoleOf {
  const [own, ...others] = Object.values(resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && functionDescription.test(String(Properties['Description'])),
  )
  if (own === undefined || others.length > 0) throw new Error('There is not one such function.')
  const [role] = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).parse(own.Properties['Role'])[
    'Fn::GetAtt'
  ]
  const { AssumeRolePolicyDocument: _, PermissionsBoundary: boundary, ...more } = resources[role]?.Properties ?? {}
  const other = [
    ...Object.keys(more),
    ...(boundary === undefined || boundary === BOUNDARY ? [] : [JSON.stringify(boundary)]),
  ]
  if (other.length > 0) throw new Error(`The role has more than policies of the template: ${other.join(', ')}.`)
  const statements = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => policySchema.parse(Properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map((statement) => statementSchema.parse(filledIn(resources, statement)))
  return { arn: arnOf(resources, role), statements }
}

type FunctionName = 'api' | 'sync' | 'dispatch'

/** A request's context keys. */
type Context = Record<string, string | string[]>

/** What the functions of a stack may do, as IAM would decide; a permissions boundary is left out, since it only takes away. */
export class Policies {
  /** What each of our functions may do, by its role's policies. */
  readonly statements: Record<FunctionName, Statement[]>
  private readonly roles: Record<FunctionName, RoleOf>
  private readonly resources: Resources

  private constructor(resources: Resources) {
    this.resources = resources
    this.roles = {
      api: roleOf(resources, /answers the HTTP API/),
      sync: roleOf(resources, /reads one organization/),
      dispatch: roleOf(resources, /one message for each integration/),
    }
    const { api, sync, dispatch } = this.roles
    this.statements = { api: api.statements, sync: sync.statements, dispatch: dispatch.statements }
  }

  static async of(stack: StackName): Promise<Policies> {
    return new Policies(resourcesSchema.parse((await synthesized(stack)).toJSON()['Resources']))
  }

  /** Which of the actions a function may do. */
  async allowed(name: FunctionName, actions: readonly string[], resource: string, context: Context = {}) {
    const answers = await Promise.all(actions.map((action) => this.may(this.roles[name], action, resource, context)))
    return actions.filter((_, index) => answers[index])
  }

  /** Which of the actions somebody may do to whom the account's own policies allow everything. */
  async allowedToAdministrators(actions: readonly string[], resource: string) {
    const administrator = { arn: `arn:aws:iam::${ACCOUNT}:role/Administrator`, statements: [EVERYTHING] }
    const answers = await Promise.all(actions.map((action) => this.may(administrator, action, resource, {})))
    return actions.filter((_, index) => answers[index])
  }

  /** The ARNs of the stack's resources of a type, by logical id. */
  arnsOf(type: string): ReadonlyMap<string, string> {
    const ids = Object.keys(this.resources).filter((id) => this.resources[id]?.Type === type)
    return new Map(ids.map((id) => [id, arnOf(this.resources, id)]))
  }

  /** The own policy of a key of the stack. Keys of others have the default one: what IAM allows is allowed. */
  private keyPolicyOf(arn: string): unknown {
    const [id = ''] = [...this.arnsOf('AWS::KMS::Key')].find(([, own]) => own === arn) ?? []
    return filledIn(this.resources, this.resources[id]?.Properties['KeyPolicy']) ?? LETS_IAM_DECIDE
  }

  private async may(role: RoleOf, action: string, resource: string, context: Context): Promise<boolean> {
    const result = await runSimulation(
      {
        request: {
          principal: role.arn,
          action,
          resource: { resource, accountId: ACCOUNT },
          contextVariables: context,
        },
        identityPolicies: [{ name: 'own', policy: { Version: '2012-10-17', Statement: role.statements } }],
        ...(resource.startsWith('arn:aws:kms:') && { resourcePolicy: this.keyPolicyOf(resource) }),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    )
    if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors))
    return result.overallResult === 'Allowed'
  }
}

const EVERYTHING: Statement = { Effect: 'Allow', Action: ['*'], Resource: ['*'] }

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const LETS_IAM_DECIDE = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
}
