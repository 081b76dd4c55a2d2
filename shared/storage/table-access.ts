import { setTimeout as sleep } from 'node:timers/promises'
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb'
import { UnprocessedItemsError } from './errors.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import { KeyPace, writeUnits } from './key-pace.ts'
import type { ItemKey } from './table.ts'

/** An item from the document client, before a schema has validated it. */
export type Item = Record<string, unknown>

export type Write = { readonly put: Item & ItemKey } | { readonly delete: ItemKey }

type WriteRequests = NonNullable<NonNullable<BatchWriteCommandInput['RequestItems']>[string]>

/** At most `limit` entries, before the entry `before` if given. */
export interface HistoryPage {
  readonly limit: number
  readonly before?: string | undefined
}

/** The found entries of a history. */
export interface SearchedPage {
  readonly items: Item[]
  /**
   * The entry at which an unfinished search stopped; continue before it. Null at the end, and when enough were found.
   */
  readonly stoppedAt: string | null
}

/** Which items of a partition a query finds, and what of them. Default: all, in ascending order. */
interface QueryOptions {
  readonly descending?: true
  readonly limit?: number
  /** DynamoDB takes one condition on the sort key: this, or `beginningWith`. */
  readonly before?: string | undefined
  readonly beginningWith?: string
  readonly only?: readonly string[]
}

const BATCH_SIZE = 25
const BATCHES_AT_ONCE = 4
/** How often a batch with unprocessed items is sent. */
export const ATTEMPTS = 10
/** These limit one search of a history to 10,000 entries. */
const LOOKED_AT_A_TIME = 1_000
const LOOKS_AT_MOST = 10

/** The table, with the access methods that repositories share. */
export class Table {
  readonly client: DynamoDBDocumentClient
  readonly tableName: string
  /** Creates the pace of one series of writes. */
  readonly newPace: () => KeyPace

  constructor(options: { client: DynamoDBDocumentClient; tableName: string; newPace?: () => KeyPace }) {
    this.client = options.client
    this.tableName = options.tableName
    this.newPace = options.newPace ?? (() => new KeyPace())
  }

  /**
   * All items of a partition in key order, strongly consistent: those before a sort key, or whose sort key begins with a text, if given.
   * With `only`, these attributes alone.
   */
  async *queryAll(pk: string, options: QueryOptions = {}): AsyncGenerator<Item> {
    let startKey: Item | undefined
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          KeyConditionExpression: keyConditionOf(options),
          ExpressionAttributeValues: { ':pk': pk, ':before': options.before, ':prefix': options.beginningWith },
          ConsistentRead: true,
          ScanIndexForward: options.descending !== true,
          Limit: options.limit,
          ExclusiveStartKey: startKey,
          ...(options.only !== undefined && projectionOf(options.only)),
        }),
      )
      yield* page.Items ?? []
      startKey = page.LastEvaluatedKey
    } while (startKey !== undefined)
  }

  /** The last items of a partition, in descending key order, before a key if given: a page of a history. */
  async queryLatest(pk: string, page: HistoryPage): Promise<Item[]> {
    const items: Item[] = []
    const before = page.before !== undefined && { before: page.before }
    for await (const item of this.queryAll(pk, { descending: true, limit: page.limit, ...before })) {
      items.push(item)
      if (items.length === page.limit) break
    }
    return items
  }

  /**
   * The latest items that have all of these values, by attribute, before a key if given. Items that do not match are
   * read too, so the search is limited to 10,000 items and reports where it stopped.
   */
  async searchLatest(pk: string, page: HistoryPage, wanted: Readonly<Record<string, string>>): Promise<SearchedPage> {
    const items: Item[] = []
    const attributes = Object.keys(wanted)
    let { before } = page
    for (let look = 0; look < LOOKS_AT_MOST; look += 1) {
      const found = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          KeyConditionExpression: keyConditionOf({ before }),
          FilterExpression: attributes.map((name) => `#${name} = :${name}`).join(' AND '),
          ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ':pk': pk,
            ':before': before,
            ...Object.fromEntries(attributes.map((name) => [`:${name}`, wanted[name]])),
          },
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: LOOKED_AT_A_TIME,
        }),
      )
      items.push(...(found.Items ?? []))
      if (items.length >= page.limit || found.LastEvaluatedKey === undefined) {
        return { items: items.slice(0, page.limit), stoppedAt: null }
      }
      before = String(found.LastEvaluatedKey['sk'])
    }
    return { items, stoppedAt: before ?? null }
  }

  /**
   * Writes batches of 25, with four concurrent requests. Unprocessed items are sent again with growing pauses, and once
   * DynamoDB has throttled a partition key, further writes under it are paced. The writes are consumed as a stream, so
   * memory use is small. Of two writes of one key in a batch, the later one counts;
   * across batches the order is undefined. `checkpoint` is called before a batch is sent or sent again, and may throw to
   * stop. Returns the number of writes. Throws `UnprocessedItemsError`, and errors of the source or the checkpoint: then no
   * new batch is started, and running ones have ended.
   */
  async batchWrite(writes: Iterable<Write> | AsyncIterable<Write>, checkpoint?: () => void): Promise<number> {
    let written = 0
    const throttled = new ThrottledKeys(this.newPace())
    await forEachConcurrent(batchesOf(writes), BATCHES_AT_ONCE, async (batch) => {
      await this.writeBatch(batch, throttled, checkpoint)
      written += batch.length
    })
    return written
  }

  /** Deletes a whole partition, or the part before a key. */
  async deletePartition(pk: string, before?: string): Promise<void> {
    await this.batchWrite(this.deletions(pk, before))
  }

  private async *deletions(pk: string, before?: string): AsyncGenerator<Write> {
    const options = { only: ['pk', 'sk'], ...(before !== undefined && { before }) }
    for await (const item of this.queryAll(pk, options)) yield { delete: { pk, sk: String(item['sk']) } }
  }

  private async writeBatch(batch: readonly Write[], throttled: ThrottledKeys, checkpoint?: () => void): Promise<void> {
    let requests: WriteRequests = batch.map((write) =>
      'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
    )
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(pauseMs(attempt))
      await throttled.wait(requests)
      checkpoint?.()
      const reply = await this.client.send(new BatchWriteCommand({ RequestItems: { [this.tableName]: requests } }))
      const left = reply.UnprocessedItems?.[this.tableName] ?? []
      // The SDK repeats a batch of which nothing was processed.
      throttled.add(left.length === 0 && (reply.$metadata.attempts ?? 1) > 1 ? requests : left)
      if (left.length === 0) return
      requests = left
    }
    throw new UnprocessedItemsError(requests.length, ATTEMPTS)
  }
}

/** The partition keys that DynamoDB has throttled. Writes under other keys never wait. */
class ThrottledKeys {
  private readonly keys = new Set<string>()
  private readonly pace: KeyPace

  constructor(pace: KeyPace) {
    this.pace = pace
  }

  add(requests: WriteRequests): void {
    for (const request of requests) this.keys.add(partitionOf(request))
  }

  async wait(requests: WriteRequests): Promise<void> {
    if (this.keys.size === 0) return
    const byKey = Map.groupBy(requests, partitionOf)
    const waits = [...byKey].map(async ([pk, ofKey]) => {
      if (!this.keys.has(pk)) return
      const units = ofKey.reduce((sum, { PutRequest: put }) => sum + writeUnits(bytesOf(put?.Item)), 0)
      await this.pace.wait(pk, units)
    })
    await Promise.all(waits)
  }
}

function partitionOf({ PutRequest: put, DeleteRequest: deletion }: WriteRequests[number]): string {
  return String(put?.Item?.['pk'] ?? deletion?.Key?.['pk'])
}

/** About the size of an item. That of a deleted one is not known here; all but a few take one unit. */
function bytesOf(item: Item | undefined): number {
  return item === undefined ? 0 : Buffer.byteLength(JSON.stringify(item))
}

/** The pause before unprocessed items are sent again. */
export function pauseMs(attempt: number): number {
  return Math.random() * Math.min(25 * 2 ** attempt, 3_000)
}

function keyConditionOf({ before, beginningWith }: QueryOptions): string {
  if (before !== undefined) return 'pk = :pk AND sk < :before'
  return beginningWith === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)'
}

/** Uses placeholders, since some attribute names are reserved words of DynamoDB. */
function projectionOf(attributes: readonly string[]) {
  const names = attributes.map((attribute, place): [string, string] => [`#only${place}`, attribute])
  return {
    ProjectionExpression: names.map(([name]) => name).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  }
}

async function* batchesOf(writes: Iterable<Write> | AsyncIterable<Write>): AsyncGenerator<Write[]> {
  // DynamoDB rejects a batch with a duplicate key.
  const batch = new Map<string, Write>()
  for await (const write of writes) {
    const { pk, sk } = 'put' in write ? write.put : write.delete
    batch.set(JSON.stringify([pk, sk]), write)
    if (batch.size < BATCH_SIZE) continue
    yield [...batch.values()]
    batch.clear()
  }
  if (batch.size > 0) yield [...batch.values()]
}
