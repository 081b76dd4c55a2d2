import { readEnvironment } from '../../shared/aws/environment.ts'
import { createJsonLogger } from '../../shared/aws/json-logger.ts'
import { createMetrics } from '../../shared/aws/metrics.ts'
import { createSecretsClient, SecretsKeyReader } from '../../shared/aws/secrets-key-store.ts'
import { nameSourcesInStacks } from '../../shared/aws/source-names.ts'
import { createSqsClient, SqsQueue } from '../../shared/aws/sqs-queue.ts'
import { organizationOpener } from '../../shared/providers/open-organization.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { AcceptanceRepository } from '../../shared/storage/acceptances.ts'
import { OutcomeRepository } from '../../shared/storage/outcomes.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { syncEnvironment } from './environment.ts'
import { handleMessage } from './handle-message.ts'
import { measured } from './measured.ts'
import { parseQueueEvent } from './queue-event.ts'
import { repeat } from './repeat.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

nameSourcesInStacks()
const environment = readEnvironment(syncEnvironment)
const table = new Table({ client: createDocumentClient(), tableName: environment.TABLE_NAME })
const recordMetric = createMetrics(environment.DEPLOYMENT)
const dependencies: SyncDependencies = {
  integrations: new IntegrationRepository(table),
  syncs: new SyncRepository(table),
  snapshots: new SnapshotRepository(table),
  records: new RecordRepository(table),
  acceptances: new AcceptanceRepository(table),
  outcomes: new OutcomeRepository(table),
  keys: new SecretsKeyReader({ client: createSecretsClient(), prefix: environment.ADMIN_KEY_PREFIX }),
  queue: new SqsQueue({ client: createSqsClient(), queueUrl: environment.QUEUE_URL }),
  openOrganization: organizationOpener(environment.PROVIDER_BASE_URLS),
  now: () => new Date(),
  windowDays: environment.WINDOW_DAYS,
  keepRemovedDays: environment.KEEP_REMOVED_DAYS,
  optionalDataSets: environment.OPTIONAL_DATA_SETS,
  leaseMs: environment.SYNC_LEASE_MS,
  logger: createJsonLogger(environment.DEPLOYMENT),
  repeat,
}

/**
 * Handles one message of the queue. After an error the message is delivered again; after three deliveries it moves to
 * the dead-letter queue.
 */
export async function handler(event: unknown): Promise<void> {
  const { message, deliveryCount } = parseQueueEvent(event)
  await measured(recordMetric, () => handleMessage(message, deliveryCount, dependencies))
}
