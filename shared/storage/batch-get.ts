import { setTimeout as sleep } from 'node:timers/promises'
import { BatchGetCommand, type BatchGetCommandInput, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb'
import { UnprocessedItemsError } from './errors.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import type { ItemKey } from './table.ts'
import { ATTEMPTS, type Item, pauseMs, type Table } from './table-access.ts'

type KeysAndAttributes = NonNullable<BatchGetCommandInput['RequestItems']>[string]

const BATCH_SIZE = 100
const BATCHES_AT_ONCE = 4

/**
 * Reads existing items by their keys, strongly consistent, in any order. It reads 100 per request, with four concurrent
 * requests. Unprocessed keys are retried with growing pauses. Throws `UnprocessedItemsError`.
 */
export async function batchGet(table: Table, wanted: readonly ItemKey[]): Promise<Item[]> {
  const items: Item[] = []
  await forEachConcurrent(batchesOf(wanted), BATCHES_AT_ONCE, async (batch) => {
    for await (const item of getBatch(table, batch)) items.push(item)
  })
  return items
}

async function* getBatch({ client, tableName }: Table, batch: readonly ItemKey[]): AsyncGenerator<Item> {
  let asked: KeysAndAttributes | undefined = { Keys: batch.map((key) => ({ ...key })), ConsistentRead: true }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await sleep(pauseMs(attempt))
    const command = new BatchGetCommand({ RequestItems: { [tableName]: asked } })
    const reply: BatchGetCommandOutput = await client.send(command)
    yield* reply.Responses?.[tableName] ?? []
    asked = reply.UnprocessedKeys?.[tableName]
    if (asked === undefined) return
  }
  throw new UnprocessedItemsError(asked.Keys?.length ?? 0, ATTEMPTS)
}

function* batchesOf(keys: readonly ItemKey[]): Generator<readonly ItemKey[]> {
  for (let at = 0; at < keys.length; at += BATCH_SIZE) yield keys.slice(at, at + BATCH_SIZE)
}
