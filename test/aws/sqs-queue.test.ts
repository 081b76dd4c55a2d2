import { createHash } from 'node:crypto'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import { createSqsClient, MessagesNotSentError, SqsQueue } from '../../shared/aws/sqs-queue.ts'
import type { QueueMessage } from '../../shared/ports/sync-queue.ts'
import { type Answer, type AwsServer, startAwsServer } from './aws-server.ts'

const batchSchema = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })).max(10) })

let received: string[]
/** How often each message is refused before it is accepted, by its integration. */
let refusals: Map<string, number>
let server: AwsServer
let client: SQSClient
let queue: SqsQueue

beforeEach(async () => {
  received = []
  refusals = new Map()
  server = await startAwsServer(answer)
  client = createSqsClient(server.config)
  queue = new SqsQueue({ client, queueUrl: 'http://queue.example.com/1/sync', pauseMs: 1 })
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

/** SQS, as far as it is used. */
function answer(call: string, parameters: Record<string, unknown>): Answer {
  if (call === 'SendMessage') {
    const body = String(parameters['MessageBody'])
    received.push(body)
    return { body: { MD5OfMessageBody: md5(body) } }
  }
  const { Entries: entries } = batchSchema.parse(parameters)
  if (entries.some(({ MessageBody }) => MessageBody.includes('denied'))) return { error: 'AccessDeniedException' }
  const [taken, refused] = [
    entries.filter((entry) => take(entry)),
    entries.filter((entry) => !received.includes(entry.MessageBody)),
  ]
  return {
    body: {
      Successful: taken.map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) })),
      Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })),
    },
  }
}

function take({ MessageBody: body }: { MessageBody: string }): boolean {
  const { integrationId } = z.object({ integrationId: z.string() }).parse(JSON.parse(body))
  const left = refusals.get(integrationId) ?? 0
  refusals.set(integrationId, left - 1)
  if (left > 0) return false
  received.push(body)
  return true
}

function md5(body: string): string {
  return createHash('md5').update(body).digest('hex')
}

function syncOf(integrationId: string): QueueMessage {
  return { kind: 'sync', integrationId, syncId: `sync-${integrationId}`, trigger: 'schedule' }
}

function integrationsReceived(): string[] {
  return received
    .map((body) => z.object({ integrationId: z.string() }).parse(JSON.parse(body)).integrationId)
    .toSorted()
}

test('A message is sent unchanged', async () => {
  await queue.send({ kind: 'purge', integrationId: 'a' })
  expect(received).toEqual(['{"kind":"purge","integrationId":"a"}'])
})

test('Many messages are sent in batches of ten', async () => {
  const ids = Array.from({ length: 25 }, (_, index) => `i${String(index).padStart(2, '0')}`)
  await queue.sendAll(ids.map(syncOf))
  expect(server.calls).toEqual(['SendMessageBatch', 'SendMessageBatch', 'SendMessageBatch'])
  expect(integrationsReceived()).toEqual(ids)
})

test('At most twelve calls run concurrently', async () => {
  let underWay = 0
  let most = 0
  client.middlewareStack.add(
    (next) => async (args) => {
      underWay += 1
      most = Math.max(most, underWay)
      const result = await next(args)
      underWay -= 1
      return result
    },
    { step: 'initialize' },
  )
  await queue.sendAll(Array.from({ length: 141 }, (_, index) => syncOf(`i${index}`)))
  expect([server.calls.length, most]).toEqual([15, 12])
})

test('No messages need no call', async () => {
  await queue.sendAll([])
  expect(server.calls).toEqual([])
})

test('Only messages that SQS refused in a batch are sent again', async () => {
  refusals.set('b', 2)
  await queue.sendAll(['a', 'b', 'c'].map(syncOf))
  expect(integrationsReceived()).toEqual(['a', 'b', 'c'])
  expect(server.calls).toHaveLength(3)
})

test('After four attempts an error reports the number of unsent messages, and the others have been sent', async () => {
  refusals.set('b', 100)
  const sending = queue.sendAll(['a', 'b', 'c'].map(syncOf))
  await expect(sending).rejects.toThrow(MessagesNotSentError)
  await expect(sending).rejects.toThrow('Messages that could not be sent: 1.')
  expect(integrationsReceived()).toEqual(['a', 'c'])
  expect(server.calls).toHaveLength(4)
})

test('A failing call does not affect the others', async () => {
  const ids = Array.from({ length: 10 }, (_, index) => `i${index}`)
  await expect(queue.sendAll([...ids.map(syncOf), syncOf('denied')])).rejects.toThrow(MessagesNotSentError)
  expect(integrationsReceived()).toEqual(ids)
})
