import { monotonicFactory } from 'ulid'
import { readEnvironment } from '../../shared/aws/environment.ts'
import { createJsonLogger } from '../../shared/aws/json-logger.ts'
import { createMetrics } from '../../shared/aws/metrics.ts'
import { nameSourcesInStacks } from '../../shared/aws/source-names.ts'
import { createSqsClient, SqsQueue } from '../../shared/aws/sqs-queue.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { dispatch, type DispatchDependencies, dispatchEventSchema } from './dispatch.ts'
import { dispatchEnvironment } from './environment.ts'

nameSourcesInStacks()
const environment = readEnvironment(dispatchEnvironment)
const recordMetric = createMetrics(environment.DEPLOYMENT)
const dependencies: DispatchDependencies = {
  integrations: new IntegrationRepository(
    new Table({ client: createDocumentClient(), tableName: environment.TABLE_NAME }),
  ),
  queue: new SqsQueue({ client: createSqsClient(), queueUrl: environment.QUEUE_URL }),
  schedules: environment.SCHEDULE_NAMES,
  newId: monotonicFactory(),
  logger: createJsonLogger(environment.DEPLOYMENT),
}

/** Runs a schedule. After an error Lambda retries once; syncs that were already sent then find their slot taken. */
export async function handler(event: unknown): Promise<void> {
  const { scheduleName } = dispatchEventSchema.parse(event)
  const { sent } = await dispatch(scheduleName, dependencies)
  recordMetric('scheduleRuns', 1, { schedule: scheduleName })
  recordMetric('syncsDispatched', sent)
}
