import { runSimulation } from '@cloud-copilot/iam-simulate'
import * as z from 'zod'
import { synthesized } from './synthesized.ts'

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

const resources = z
  .record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }))
  .parse((await synthesized('production')).toJSON()['Resources'])

/** How the ARNs of the resources begin that policies may name, and how they end. */
const ARNS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['AWS::DynamoDB::Table', [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/`, '']],
  ['AWS::SQS::Queue', [`arn:aws:sqs:${REGION}:${ACCOUNT}:`, '']],
  ['AWS::Logs::LogGroup', [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:`, ':*']],
  ['AWS::Lambda::Function', [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:`, '']],
  ['AWS::S3::Bucket', ['arn:aws:s3:::', '']],
])

/** The ARN of a resource of the stack, as it will look once deployed; its logical id stands for the generated name. */
function arnOf(logicalId: string): string {
  const arn = ARNS.get(resources[logicalId]?.Type ?? '')
  if (arn === undefined) throw new Error(`A policy names ${logicalId}, which is not expected of it.`)
  return arn.join(logicalId)
}

const join = z.tuple([z.literal(''), z.array(z.unknown())])

/** A value of the template with its references filled in. */
function filledIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filledIn)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [[name, inner] = ['', undefined]] = entries
  if (name === 'Ref') {
    return { 'AWS::Partition': 'aws', 'AWS::Region': REGION, 'AWS::AccountId': ACCOUNT }[String(inner)] ?? inner
  }
  if (name === 'Fn::GetAtt') return arnOf(z.tuple([z.string(), z.literal('Arn')]).parse(inner)[0])
  if (name === 'Fn::Join') return join.parse(inner)[1].map(filledIn).join('')
  return Object.fromEntries(entries.map(([key, each]) => [key, filledIn(each)]))
}

const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
  Roles: z.array(z.object({ Ref: z.string() })),
})

/** Everything that the role of a function may do. No role has anything but policies of the template. */
function statementsOf(functionDescription: RegExp): Statement[] {
  const [own, ...others] = Object.values(resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && functionDescription.test(String(Properties['Description'])),
  )
  if (own === undefined || others.length > 0) throw new Error('There is not one such function.')
  const [role] = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).parse(own.Properties['Role'])[
    'Fn::GetAtt'
  ]
  const other = Object.keys(resources[role]?.Properties ?? {}).filter((name) => name !== 'AssumeRolePolicyDocument')
  if (other.length > 0) throw new Error(`The role has more than policies of the template: ${other.join(', ')}.`)
  return Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => policySchema.parse(Properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map((statement) => statementSchema.parse(filledIn(statement)))
}

/** What each of our functions may do, by its role's policies. */
export const roles = {
  api: statementsOf(/answers the HTTP API/),
  sync: statementsOf(/reads one OpenAI organization/),
  dispatch: statementsOf(/one message for each integration/),
}

async function may(
  role: keyof typeof roles,
  action: string,
  resource: string,
  context: Record<string, string | string[]> = {},
) {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/${role}`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies: [{ name: 'own', policy: { Version: '2012-10-17', Statement: roles[role] } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  )
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors))
  return result.overallResult === 'Allowed'
}

/** Which of the actions a function may do, as IAM would decide. */
export async function allowed(
  role: keyof typeof roles,
  actions: readonly string[],
  resource: string,
  context = {},
): Promise<string[]> {
  const answers = await Promise.all(actions.map((action) => may(role, action, resource, context)))
  return actions.filter((_, index) => answers[index])
}

/** The ARNs of the stack's resources of a type, by logical id. */
export function arnsOf(type: string): ReadonlyMap<string, string> {
  const ids = Object.keys(resources).filter((id) => resources[id]?.Type === type)
  return new Map(ids.map((id) => [id, arnOf(id)]))
}
