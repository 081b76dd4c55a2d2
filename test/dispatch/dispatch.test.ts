import { createHash } from 'node:crypto'
import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import { dispatch, type DispatchDependencies } from '../../functions/dispatch/dispatch.ts'
import { createSqsClient, SqsQueue } from '../../shared/aws/sqs-queue.ts'
import { toIntegrationItem } from '../../shared/storage/integration-item.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { startAwsServer } from '../aws/aws-server.ts'
import { FakeQueue } from '../fakes/fake-queue.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { anIntegration } from '../builders.ts'

const batchSchema = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) })
const messageSchema = z.object({ integrationId: z.string(), syncId: z.string() })

let local: Awaited<ReturnType<typeof startLocalTable>>
let queue: FakeQueue
let dependencies: DispatchDependencies

beforeEach(async () => {
  local = await startLocalTable()
  queue = new FakeQueue()
  let ids = 0
  dependencies = {
    integrations: new IntegrationRepository(local.table),
    queue,
    schedules: [
      { name: 'every-6-hours', default: true },
      { name: 'nightly', default: false },
    ],
    newId: () => `id-${(ids += 1)}`,
    logger: { info() {}, warn() {}, error() {} },
  }
})
afterEach(() => local.close())

async function store(id: string, overrides: Parameters<typeof anIntegration>[0]) {
  await dependencies.integrations.createIntegration(anIntegration({ id, ...overrides }))
}

test('Every integration on the schedule gets one message; the default schedule replaces missing ones', async () => {
  await store('a', { schedule: null })
  await store('b', { schedule: 'every-6-hours' })
  await store('c', { schedule: 'nightly' })
  await store('d', { schedule: 'gone' })
  await store('e', { lifecycle: 'deleting' })
  await store('f', { lifecycle: 'pending' })
  expect(await dispatch('every-6-hours', dependencies)).toEqual({ sent: 3 })
  expect(queue.syncs.map((message) => [message.integrationId, message.trigger])).toEqual([
    ['a', 'schedule'],
    ['b', 'schedule'],
    ['d', 'schedule'],
  ])
  expect(new Set(queue.syncs.map((message) => message.syncId)).size).toBe(3)
  expect(await dispatch('nightly', dependencies)).toEqual({ sent: 1 })
})

test('A dispatch fails when the queue refuses messages', async () => {
  await store('a', {})
  queue.failsWith = new Error('the queue refused')
  await expect(dispatch('every-6-hours', dependencies)).rejects.toThrow('the queue refused')
})

test('Integrations on several pages of the table are all sent, in batches of ten, each with its own sync id', async () => {
  const ids = Array.from({ length: 45 }, (_, index) => `i${String(index).padStart(2, '0')}`)
  await local.table.batchWrite(ids.map((id) => ({ put: toIntegrationItem(anIntegration({ id })) })))
  const { client, tableName } = local.table
  const inPages = tableThrough(local.table, ({ input }) =>
    client.send(new QueryCommand({ ...input, TableName: tableName, Limit: 20 })),
  )
  const calls: unknown[][] = []
  const server = await startAwsServer((_call, parameters) => {
    const { Entries: entries } = batchSchema.parse(parameters)
    calls.push(entries.map(({ MessageBody }): unknown => JSON.parse(MessageBody)))
    const md5 = (body: string) => createHash('md5').update(body).digest('hex')
    return { body: { Successful: entries.map(({ Id, MessageBody }) => ({ Id, MD5OfMessageBody: md5(MessageBody) })) } }
  })
  try {
    const sent = await dispatch('every-6-hours', {
      ...dependencies,
      integrations: new IntegrationRepository(inPages),
      queue: new SqsQueue({ client: createSqsClient(server.config), queueUrl: 'http://queue.example.com/1/sync' }),
    })
    expect(sent).toEqual({ sent: 45 })
  } finally {
    await server.close()
  }
  expect(calls.map((messages) => messages.length).toSorted((a, b) => b - a)).toEqual([10, 10, 10, 10, 5])
  const messages = z.array(messageSchema).parse(calls.flat())
  expect(messages.map(({ integrationId }) => integrationId).toSorted()).toEqual(ids)
  expect(new Set(messages.map(({ syncId }) => syncId)).size).toBe(45)
})
