import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

type RetryStrategy = Awaited<ReturnType<DynamoDBDocumentClient['config']['retryStrategy']>>

const LONGEST_PAUSE_MS = 10

/** The SDK's own retries, with the same number and causes, but pauses of milliseconds instead of seconds. */
export async function hurriedRetries(client: DynamoDBDocumentClient): Promise<RetryStrategy> {
  const backoff = { setDelayBase: () => {}, computeNextBackoffDelay: () => Math.random() * LONGEST_PAUSE_MS }
  return new Proxy(await client.config.retryStrategy(), {
    get: (strategy, property): unknown =>
      property === 'retryBackoffStrategy' ? backoff : Reflect.get(strategy, property),
  })
}
