import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { SimulatedOrganization } from '../../infra/local/simulated-organization/server.ts'
import type { AccountOptions } from './account-options.ts'
import { ApiClient } from './api-client.ts'
import type { AwsCalls } from './aws-calls.ts'
import { E2E_STACK } from './deployment-names.ts'
import type { OidcIssuer } from './oidc-issuer.ts'
import type { Bench } from './step.ts'
import type { SynthesizedTemplate } from './synthesized-template.ts'

/** What the stack's outputs say. */
export interface Outputs {
  readonly apiId: string
  readonly adminKeyPrefix: string
  /** Of the dashboard. */
  readonly siteHost: string
}

/** The deployed product and what stands around it. */
export interface Deployment {
  readonly bench: Bench
  readonly aws: AwsCalls
  readonly account: AccountOptions
  readonly template: SynthesizedTemplate
  readonly organization: SimulatedOrganization
  readonly issuer: OidcIssuer
  readonly emulatorUrl: string
  readonly outputs: Outputs
  readonly queueUrl: string
  readonly deadLetterQueueUrl: string
  /** What the emulator and everything in it have printed. */
  readonly printed: () => string
  /** The name or address that a resource of the template got. */
  readonly physicalId: (logicalId: string) => Promise<string>
  /** The API with a token, or without. */
  readonly api: (token?: string) => ApiClient
}

const outputsSchema = z.object({
  [E2E_STACK]: z.object({
    // http://<api id>.execute-api.<host>
    ApiUrl: z.string().regex(/^https?:\/\/[^.]+\.execute-api\./),
    AdminKeyPrefix: z.string(),
    DashboardUrl: z.url(),
  }),
})
const resourceSchema = z.object({ StackResourceDetail: z.object({ PhysicalResourceId: z.string() }) })

/** Finds its way about the deployed stack, by its template and its outputs. */
export async function findDeployment(
  found: Pick<
    Deployment,
    'bench' | 'aws' | 'account' | 'template' | 'organization' | 'issuer' | 'printed' | 'emulatorUrl'
  > & {
    readonly outputsFile: string
  },
): Promise<Deployment> {
  const { outputsFile, ...rest } = found
  const { aws, template, emulatorUrl } = rest
  const { [E2E_STACK]: values } = outputsSchema.parse(JSON.parse(readFileSync(outputsFile, 'utf8')))
  const apiId = /^https?:\/\/([^.]+)\./.exec(values.ApiUrl)?.[1] ?? ''
  const physicalId = async (logicalId: string) => {
    const parameters = { StackName: E2E_STACK, LogicalResourceId: logicalId }
    const detail = await aws.call('cloudformation', 'describe_stack_resource', parameters, resourceSchema)
    return detail.StackResourceDetail.PhysicalResourceId
  }
  return {
    ...rest,
    outputs: { apiId, adminKeyPrefix: values.AdminKeyPrefix, siteHost: new URL(values.DashboardUrl).host },
    queueUrl: await physicalId(template.one('AWS::SQS::Queue', 'SyncPipelineQueue').logicalId),
    deadLetterQueueUrl: await physicalId(template.one('AWS::SQS::Queue', 'SyncPipelineDeadLetters').logicalId),
    physicalId,
    // The emulator's own way to an API that on AWS has a host name of its own.
    api: (token) => new ApiClient(`${emulatorUrl}/_aws/execute-api/${apiId}/$default`, token),
  }
}
