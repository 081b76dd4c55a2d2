import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import pLimit from 'p-limit'
import { monotonicFactory } from 'ulid'
import * as z from 'zod'
import { dispatch } from '../../functions/dispatch/dispatch.ts'
import { createSqsClient, SqsQueue } from '../../shared/aws/sqs-queue.ts'
import { newIntegration } from '../../shared/integrations/integration.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { toIntegrationItem } from '../../shared/storage/integration-item.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { serve, timed } from './child.ts'
import { clientConfig, connectionSchema } from './table-connection.ts'

// Dispatch or its baseline in its own process. The first command decides which.
const QUEUE_URL = 'http://queue.example.com/1/sync'
/** The concurrency of the product. */
const CALLS_AT_ONCE = 12
const BATCH_SIZE = 10
const openSchema = z.object({ table: connectionSchema, endpoint: z.string() })
const newId = monotonicFactory()
let bench: { table: Table; endpoint: string } | undefined

const opened = () => {
  if (bench === undefined) throw new Error('Dispatch is not open.')
  return bench
}
const sqsConfig = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
})

serve({
  open: async (argument) => {
    const { table, endpoint } = openSchema.parse(argument)
    const client = createDocumentClient(clientConfig(table))
    bench = { endpoint, table: new Table({ client, tableName: table.tableName }) }
  },
  seed: async (argument) => {
    const count = z.int().parse(argument)
    await opened().table.batchWrite(Array.from({ length: count }, () => ({ put: integrationItem() })))
  },
  dispatch: () => {
    const { table, endpoint } = opened()
    const dependencies = {
      integrations: new IntegrationRepository(table),
      queue: new SqsQueue({ client: createSqsClient(sqsConfig(endpoint)), queueUrl: QUEUE_URL }),
      schedules: [{ name: 'every-6-hours', default: true }],
      newId,
      logger: { info() {}, warn() {}, error() {} },
    }
    return timed(() => dispatch('every-6-hours', dependencies))
  },
  sendBare: (argument) => {
    const count = z.int().parse(argument)
    const client = new SQSClient(sqsConfig(opened().endpoint))
    const limit = pLimit(CALLS_AT_ONCE)
    const send = () => {
      const body = () => JSON.stringify({ kind: 'sync', integrationId: newId(), syncId: newId(), trigger: 'schedule' })
      const Entries = Array.from({ length: BATCH_SIZE }, (_, place) => ({ Id: `${place}`, MessageBody: body() }))
      return client.send(new SendMessageBatchCommand({ QueueUrl: QUEUE_URL, Entries }))
    }
    return timed(() => Promise.all(Array.from({ length: count / BATCH_SIZE }, () => limit(send))))
  },
  peakBytes: async () => process.resourceUsage().maxRSS * 1_024,
})

function integrationItem() {
  const id = newId()
  const known = {
    id,
    provider: 'openai',
    name: id,
    keyHint: 'abcd',
    keyExpiresAt: null,
    schedule: null,
    companyDomains: [],
  }
  const integration = newIntegration({ ...known, simulated: false, createdAt: '2026-11-24T12:00:00.000Z' })
  return toIntegrationItem({ ...integration, lifecycle: 'visible' })
}
