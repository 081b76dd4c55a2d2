import { setTimeout as sleep } from 'node:timers/promises'
import {
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  type SendMessageBatchRequestEntry,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs'
import pLimit from 'p-limit'
import type { QueueMessage, SyncQueue } from '../ports/sync-queue.ts'

/** The limit of one SendMessageBatch call. */
const BATCH_SIZE = 10
const CALLS_AT_ONCE = 12
const ATTEMPTS = 4
const PAUSE_MS = 100

/** Messages that the queue did not accept. The others of the same call were sent. */
export class MessagesNotSentError extends Error {
  readonly count: number

  constructor(count: number, causes: readonly unknown[]) {
    super(`Messages that could not be sent: ${count}.`, { cause: new AggregateError(causes) })
    this.name = 'MessagesNotSentError'
    this.count = count
  }
}

/** Creates a client that fails within seconds when SQS does not answer. The SDK has no request timeout by default. */
export function createSqsClient(config: SQSClientConfig = {}): SQSClient {
  return new SQSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...config,
  })
}

/** The queue of the sync function. */
export class SqsQueue implements SyncQueue {
  private readonly options: { readonly client: SQSClient; readonly queueUrl: string; readonly pauseMs: number }

  /** `pauseMs` is the pause before the second attempt at unsent messages. It doubles with each further attempt. */
  constructor(options: { client: SQSClient; queueUrl: string; pauseMs?: number }) {
    this.options = { pauseMs: PAUSE_MS, ...options }
  }

  async send(message: QueueMessage): Promise<void> {
    const { client, queueUrl } = this.options
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }))
  }

  /**
   * Sends ten messages per call, with twelve concurrent calls. Tries all, then throws `MessagesNotSentError` when some
   * failed.
   */
  async sendAll(messages: readonly QueueMessage[]): Promise<void> {
    const limit = pLimit(CALLS_AT_ONCE)
    const results = await Promise.all(batchesOf(messages).map((batch) => limit(() => this.sendBatch(batch))))
    const count = results.reduce((sum, { unsent }) => sum + unsent, 0)
    if (count > 0)
      throw new MessagesNotSentError(
        count,
        results.flatMap(({ cause }) => cause ?? []),
      )
  }

  /**
   * Sends a batch, and sends again the messages that SQS refused. Returns the number of unsent messages and the cause.
   */
  private async sendBatch(
    entries: readonly SendMessageBatchRequestEntry[],
  ): Promise<{ unsent: number; cause?: unknown }> {
    const { client, queueUrl, pauseMs } = this.options
    let left = entries
    let cause: unknown
    for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt += 1) {
      if (attempt > 0) await sleep(pauseMs * 2 ** (attempt - 1))
      try {
        const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...left] })
        const { Failed: failed = [] } = await client.send(command)
        const refused = new Map(failed.map((failure) => [failure.Id, failure.Code]))
        left = left.filter((entry) => refused.has(entry.Id))
        cause = new Error(`SQS refused messages: ${[...new Set(refused.values())].join(', ')}.`)
      } catch (error) {
        // The SDK has already retried. The other batches continue.
        return { unsent: left.length, cause: error }
      }
    }
    return { unsent: left.length, ...(left.length > 0 && { cause }) }
  }
}

function batchesOf(messages: readonly QueueMessage[]): SendMessageBatchRequestEntry[][] {
  return Array.from({ length: Math.ceil(messages.length / BATCH_SIZE) }, (_, batch) =>
    messages
      .slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE)
      .map((message, index) => ({ Id: `${index}`, MessageBody: JSON.stringify(message) })),
  )
}
