import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { SimulatedOrganization as SimulatedAnthropic } from '../../local/simulated-anthropic/server.ts'
import type { SimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { ORIGIN_SECRET_HEADER } from '../../shared/aws/origin-secret-header.ts'
import type { AccountOptions } from './account-options.ts'
import { ApiClient } from './api-client.ts'
import type { AwsCalls } from './aws-calls.ts'
import { E2E_DOMAIN, E2E_STACK } from './deployment-names.ts'
import type { OidcIssuer } from './oidc-issuer.ts'
import type { Bench } from './step.ts'
import type { SynthesizedTemplate } from './synthesized-template.ts'

/** What the stack's outputs say. */
export interface Outputs {
  readonly apiId: string
  readonly adminKeyPrefix: string
  /** What the dashboard's name leads to: the emulator knows CloudFront's own names only. */
  readonly siteHost: string
}

/** The deployed product and what stands around it. */
export interface Deployment {
  readonly bench: Bench
  readonly aws: AwsCalls
  readonly account: AccountOptions
  readonly template: SynthesizedTemplate
  readonly organization: SimulatedOrganization
  /** That of the second provider. */
  readonly anthropic: SimulatedAnthropic
  readonly issuer: OidcIssuer
  readonly emulatorUrl: string
  readonly outputs: Outputs
  readonly queueUrl: string
  readonly deadLetterQueueUrl: string
  /** What the emulator and everything in it have printed. */
  readonly printed: () => string
  /** The name or address that a resource of the template got. */
  readonly physicalId: (logicalId: string) => Promise<string>
  /** What CloudFront sends to the API. */
  readonly originSecret: string
  /** The API with a token, or without; as CloudFront calls it, unless other headers are given. */
  readonly api: (token?: string, headers?: Readonly<Record<string, string>>) => ApiClient
}

const outputsSchema = z.object({
  [E2E_STACK]: z.object({
    AdminKeyPrefix: z.string(),
    DashboardUrl: z.literal(`https://${E2E_DOMAIN.name}`),
    // Scripts use the dashboard's address where the API answers CloudFront only.
    ApiUrl: z.literal(`https://${E2E_DOMAIN.name}`),
    DashboardTarget: z.string(),
  }),
})
const resourceSchema = z.object({ StackResourceDetail: z.object({ PhysicalResourceId: z.string() }) })

/** Finds its way about the deployed stack, by its template and its outputs. */
export async function findDeployment(
  found: Pick<
    Deployment,
    'bench' | 'aws' | 'account' | 'template' | 'organization' | 'anthropic' | 'issuer' | 'printed' | 'emulatorUrl'
  > & {
    readonly outputsFile: string
  },
): Promise<Deployment> {
  const { outputsFile, ...rest } = found
  const { aws, template, emulatorUrl } = rest
  const { [E2E_STACK]: values } = outputsSchema.parse(JSON.parse(readFileSync(outputsFile, 'utf8')))
  const physicalId = async (logicalId: string) => {
    const parameters = { StackName: E2E_STACK, LogicalResourceId: logicalId }
    const detail = await aws.call('cloudformation', 'describe_stack_resource', parameters, resourceSchema)
    return detail.StackResourceDetail.PhysicalResourceId
  }
  const apiId = await physicalId(template.one('AWS::ApiGatewayV2::Api', 'HttpApi').logicalId)
  const originSecret = await secretOf(
    aws,
    await physicalId(template.one('AWS::SecretsManager::Secret', 'OriginSecret').logicalId),
  )
  return {
    ...rest,
    originSecret,
    outputs: { apiId, adminKeyPrefix: values.AdminKeyPrefix, siteHost: values.DashboardTarget },
    queueUrl: await physicalId(template.one('AWS::SQS::Queue', 'SyncPipelineQueue').logicalId),
    deadLetterQueueUrl: await physicalId(template.one('AWS::SQS::Queue', 'SyncPipelineDeadLetters').logicalId),
    physicalId,
    // The emulator's own way to an API that on AWS has a host name of its own.
    api: (token, sent = { [ORIGIN_SECRET_HEADER]: originSecret }) =>
      new ApiClient(`${emulatorUrl}/_aws/execute-api/${apiId}/$default`, token, sent),
  }
}

async function secretOf(aws: AwsCalls, SecretId: string): Promise<string> {
  const schema = z.object({ SecretString: z.string().length(64) })
  return (await aws.call('secretsmanager', 'get_secret_value', { SecretId }, schema)).SecretString
}
