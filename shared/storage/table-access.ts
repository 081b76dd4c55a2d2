import { setTimeout as sleep } from 'node:timers/promises'
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb'
import { UnprocessedItemsError } from './errors.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import type { ItemKey } from './table.ts'

/** An item as the document client gives it, before a schema has checked it. */
export type Item = Record<string, unknown>

export type Write = { readonly put: Item & ItemKey } | { readonly delete: ItemKey }

type WriteRequests = NonNullable<NonNullable<BatchWriteCommandInput['RequestItems']>[string]>

/** `checkpoint` is called right before a batch is sent, or sent again, and may throw to stop; `onWritten` hears the number written so far. */
export interface WriteHooks {
  readonly checkpoint?: (() => void) | undefined
  readonly onWritten?: ((written: number) => void) | undefined
}

/** At most `limit` entries, those before the entry `before` if given. */
export interface HistoryPage {
  readonly limit: number
  readonly before?: string | undefined
}

/** Entries of a history that were looked for. */
export interface SearchedPage {
  readonly items: Item[]
  /** Where it stopped looking before it had found enough: go on before this entry. Null at the end, and with enough. */
  readonly stoppedAt: string | null
}

const BATCH_SIZE = 25
const BATCHES_AT_ONCE = 4
/** So often a batch is sent, while DynamoDB leaves some of it unprocessed. */
export const ATTEMPTS = 10
/** Together they bound what one search of a history reads: 10,000 entries. */
const LOOKED_AT_A_TIME = 1_000
const LOOKS_AT_MOST = 10

/** The table and the few ways of reaching it that repositories share. */
export class Table {
  readonly client: DynamoDBDocumentClient
  readonly tableName: string

  constructor(options: { client: DynamoDBDocumentClient; tableName: string }) {
    this.client = options.client
    this.tableName = options.tableName
  }

  /** All items of a partition in key order, page after page, strongly consistent; of each the `only` attributes, if given. */
  async *queryAll(
    pk: string,
    options: { descending?: true; limit?: number; before?: string; only?: readonly string[] } = {},
  ): AsyncGenerator<Item> {
    let startKey: Item | undefined
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          KeyConditionExpression: options.before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: { ':pk': pk, ':before': options.before },
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

  /** The last items of a partition in key order, latest first, those before a key if given: a page of a history. */
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
   * The latest items with a certain value, those before a key if given. What does not match is read all the same, so it
   * looks at 10,000 items at most and says where it stopped.
   */
  async searchLatest(
    pk: string,
    page: HistoryPage,
    wanted: { readonly attribute: string; readonly value: string },
  ): Promise<SearchedPage> {
    const items: Item[] = []
    let { before } = page
    for (let look = 0; look < LOOKS_AT_MOST; look += 1) {
      const found = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          FilterExpression: '#wanted = :wanted',
          ExpressionAttributeNames: { '#wanted': wanted.attribute },
          ExpressionAttributeValues: { ':pk': pk, ':before': before, ':wanted': wanted.value },
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
   * Writes in batches of 25, four at once; what DynamoDB leaves unprocessed is sent again with growing pauses. Takes
   * the writes as they come, so that any number of them needs little memory. Of two writes of one key in a batch the
   * later counts; between batches the order is open. Gives how many were written. Throws `UnprocessedItemsError`, and
   * what the source or a hook throws: no batch is begun after that, and those under way have ended.
   */
  async batchWrite(writes: Iterable<Write> | AsyncIterable<Write>, hooks: WriteHooks = {}): Promise<number> {
    let written = 0
    await forEachConcurrent(batchesOf(writes), BATCHES_AT_ONCE, async (batch) => {
      await this.writeBatch(batch, hooks.checkpoint)
      written += batch.length
      hooks.onWritten?.(written)
    })
    return written
  }

  /** Deletes a whole partition, or what of it sorts before a key. */
  async deletePartition(pk: string, before?: string): Promise<void> {
    await this.batchWrite(this.deletions(pk, before))
  }

  private async *deletions(pk: string, before?: string): AsyncGenerator<Write> {
    const options = { only: ['pk', 'sk'], ...(before !== undefined && { before }) }
    for await (const item of this.queryAll(pk, options)) yield { delete: { pk, sk: String(item['sk']) } }
  }

  private async writeBatch(batch: readonly Write[], checkpoint?: () => void): Promise<void> {
    let requests: WriteRequests = batch.map((write) =>
      'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
    )
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(pauseMs(attempt))
      checkpoint?.()
      const reply = await this.client.send(new BatchWriteCommand({ RequestItems: { [this.tableName]: requests } }))
      requests = reply.UnprocessedItems?.[this.tableName] ?? []
      if (requests.length === 0) return
    }
    throw new UnprocessedItemsError(requests.length, ATTEMPTS)
  }
}

/** How long to wait before what was left unprocessed is sent again. */
export function pauseMs(attempt: number): number {
  return Math.random() * Math.min(25 * 2 ** attempt, 3_000)
}

/** By other names, since some that an attribute may have mean something to DynamoDB. */
function projectionOf(attributes: readonly string[]) {
  const names = attributes.map((attribute, place): [string, string] => [`#only${place}`, attribute])
  return {
    ProjectionExpression: names.map(([name]) => name).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  }
}

async function* batchesOf(writes: Iterable<Write> | AsyncIterable<Write>): AsyncGenerator<Write[]> {
  // DynamoDB refuses a batch that names a key twice.
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
