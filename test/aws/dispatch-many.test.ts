import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { monotonicFactory } from 'ulid'
import * as z from 'zod'
import { dispatch } from '../../functions/dispatch/dispatch.ts'
import { createSqsClient, SqsQueue } from '../../shared/aws/sqs-queue.ts'
import { toIntegrationItem } from '../../shared/storage/integration-item.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { anIntegration } from '../builders.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { startAwsServer } from './aws-server.ts'

const INTEGRATIONS = 10_000
/** What the stack gives dispatch. */
const TIMEOUT_MS = 5 * 60_000
/** Some seven seconds of CPU, most of them for the emulated table: a minute and more on a machine that is busy with others. */
const TEST_TIMEOUT_MS = 240_000

const batchSchema = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) })
const messageSchema = z.object({ integrationId: z.string(), syncId: z.string() })

test(
  '10,000 integrations are dispatched in 1,000 calls of ten messages each, well within one run’s time',
  async () => {
    const local = await startLocalTable()
    const sent: { integrationId: string; syncId: string }[] = []
    const sizes: number[] = []
    const server = await startAwsServer((_call, parameters) => {
      const { Entries: entries } = batchSchema.parse(parameters)
      sizes.push(entries.length)
      sent.push(...entries.map(({ MessageBody }) => messageSchema.parse(JSON.parse(MessageBody))))
      const md5 = (body: string) => createHash('md5').update(body).digest('hex')
      return {
        body: { Successful: entries.map(({ Id, MessageBody }) => ({ Id, MD5OfMessageBody: md5(MessageBody) })) },
      }
    })
    try {
      const newId = monotonicFactory()
      const ids = Array.from({ length: INTEGRATIONS }, () => newId())
      await local.table.batchWrite(
        ids.map((id) => ({ put: toIntegrationItem(anIntegration({ id, name: id, schedule: null })) })),
      )
      // Its CPU, the emulators' included: how long it has to wait for one says nothing of it.
      const started = process.cpuUsage()
      const dispatched = await dispatch('every-6-hours', {
        integrations: new IntegrationRepository(local.table),
        queue: new SqsQueue({ client: createSqsClient(server.config), queueUrl: 'http://queue.example.com/1/sync' }),
        schedules: [{ name: 'every-6-hours', default: true }],
        newId,
        logger: { info() {}, warn() {}, error() {} },
      })
      const { user, system } = process.cpuUsage(started)
      expect((user + system) / 1_000).toBeLessThan(TIMEOUT_MS / 10)
      expect(dispatched).toEqual({ sent: INTEGRATIONS })
      expect(server.calls.filter((call) => call === 'SendMessageBatch')).toHaveLength(1_000)
      expect(server.calls).toHaveLength(1_000)
      expect(new Set(sizes)).toEqual(new Set([10]))
      expect(sent.map(({ integrationId }) => integrationId).toSorted()).toEqual(ids.toSorted())
      expect(new Set(sent.map(({ syncId }) => syncId)).size).toBe(INTEGRATIONS)
    } finally {
      await server.close()
      await local.close()
    }
  },
  TEST_TIMEOUT_MS,
)
