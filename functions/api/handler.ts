import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { monotonicFactory } from 'ulid'
import { readEnvironment } from '../../shared/aws/environment.ts'
import { createJsonLogger } from '../../shared/aws/json-logger.ts'
import { createKmsClient, KmsSigner } from '../../shared/aws/kms-signer.ts'
import { createMetrics } from '../../shared/aws/metrics.ts'
import { OriginSecret } from '../../shared/aws/origin-secret.ts'
import { createSecretsClient, SecretsKeyWriter } from '../../shared/aws/secrets-key-store.ts'
import { nameSourcesInStacks } from '../../shared/aws/source-names.ts'
import { createSqsClient, SqsQueue } from '../../shared/aws/sqs-queue.ts'
import { organizationOpener } from '../../shared/providers/open-organization.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { createRepositories } from '../../shared/storage/repositories.ts'
import { Table } from '../../shared/storage/table-access.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { cleanUp, type CleanUpEvent, cleanUpEventSchema } from './integrations/clean-up.ts'
import { apiEnvironment } from './environment.ts'
import { reportFindings } from './findings/report-findings.ts'
import { createApiHandler } from './http/handler-factory.ts'
import { createIndexes } from './indexes.ts'
import { reportIntegrations } from './integrations/report-integrations.ts'

nameSourcesInStacks()
const environment = readEnvironment(apiEnvironment)
const table = new Table({ client: createDocumentClient(), tableName: environment.TABLE_NAME })
const secretsClient = createSecretsClient()
const now = () => new Date()
const { ORIGIN_SECRET_ARN: originSecretArn } = environment
const recordMetric = createMetrics(environment.DEPLOYMENT)
const dependencies: ApiDependencies = {
  ...createRepositories(table),
  keys: new SecretsKeyWriter({
    client: secretsClient,
    prefix: environment.ADMIN_KEY_PREFIX,
    tags: environment.ADMIN_KEY_TAGS,
    kmsKeyId: environment.ADMIN_KEY_KMS_KEY,
  }),
  queue: new SqsQueue({ client: createSqsClient(), queueUrl: environment.QUEUE_URL }),
  openOrganization: organizationOpener(environment.PROVIDER_BASE_URLS),
  // The simulated organization exists on one machine only.
  isSimulatedKey: () => false,
  schedules: environment.SCHEDULES,
  roles: environment.ROLE_RULES,
  emailClaim: environment.EMAIL_CLAIM,
  optionalDataSets: environment.OPTIONAL_DATA_SETS,
  findingThresholds: environment.FINDING_THRESHOLDS,
  originSecret:
    originSecretArn === undefined
      ? undefined
      : new OriginSecret({ client: secretsClient, secretId: originSecretArn, now }),
  signer: new KmsSigner({ client: createKmsClient(), keyArn: environment.SIGNING_KEY_ARN }),
  keepReviewsDays: environment.KEEP_REVIEWS_DAYS,
  now,
  newId: monotonicFactory(),
  logger: createJsonLogger(environment.DEPLOYMENT),
  version: environment.VERSION,
}
const indexes = createIndexes(dependencies)
const answer = createApiHandler(dependencies, indexes)

/** Answers a request of the HTTP API, or runs the clean-up when the hourly schedule invokes the function. */
export async function handler(
  event: APIGatewayProxyEventV2 | CleanUpEvent,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2 | undefined> {
  if ('requestContext' in event) {
    const answered = await answer(event, context)
    if (answered.statusCode === 500) recordMetric('apiFaults', 1)
    return answered
  }
  cleanUpEventSchema.parse(event)
  await cleanUp(dependencies, indexes)
  await reportIntegrations(dependencies, recordMetric)
  await reportFindings(indexes.findings, recordMetric)
  return undefined
}
