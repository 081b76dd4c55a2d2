import { setTimeout as sleep } from 'node:timers/promises'
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb'
import { UnprocessedItemsError } from './errors.ts'
import type { ItemKey } from './table.ts'

/** An item as the document client gives it, before a schema has checked it. */
export type Item = Record<string, unknown>

export type Write = { readonly put: Item & ItemKey } | { readonly delete: ItemKey }

type WriteRequests = NonNullable<NonNullable<BatchWriteCommandInput['RequestItems']>[string]>

const BATCH_SIZE = 25
const BATCHES_AT_ONCE = 4
const ATTEMPTS = 10

/** The table and the few ways of reaching it that repositories share. */
export class Table {
  readonly client: DynamoDBDocumentClient
  readonly tableName: string

  constructor(options: { client: DynamoDBDocumentClient; tableName: string }) {
    this.client = options.client
    this.tableName = options.tableName
  }

  /** All items of a partition in key order, page after page, strongly consistent. */
  async *queryAll(
    pk: string,
    options: { descending?: true; limit?: number; before?: string; keysOnly?: true } = {},
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
          ...(options.keysOnly === true && { ProjectionExpression: 'pk, sk' }),
        }),
      )
      yield* page.Items ?? []
      startKey = page.LastEvaluatedKey
    } while (startKey !== undefined)
  }

  /**
   * Writes in batches of 25, four at once; what DynamoDB leaves unprocessed is sent again with growing pauses. Takes
   * the writes as they come, so that any number of them needs little memory. Gives how many there were. Throws
   * `UnprocessedItemsError`.
   */
  async batchWrite(
    writes: Iterable<Write> | AsyncIterable<Write>,
    onWritten?: (done: number) => void,
  ): Promise<number> {
    const underWay = new Set<Promise<void>>()
    let batch: Write[] = []
    let count = 0
    const launch = () => {
      const sent = this.writeBatch(batch)
      underWay.add(sent)
      batch = []
      const settle = () => underWay.delete(sent)
      sent.then(settle, settle)
    }
    try {
      for await (const write of writes) {
        batch.push(write)
        count += 1
        if (batch.length < BATCH_SIZE) continue
        launch()
        if (underWay.size >= BATCHES_AT_ONCE) await Promise.race(underWay)
        onWritten?.(count)
      }
      if (batch.length > 0) launch()
      await Promise.all(underWay)
    } finally {
      // After a failure, nothing may go on writing behind the caller's back.
      await Promise.allSettled(underWay)
    }
    return count
  }

  /** Deletes a whole partition. */
  async deletePartition(pk: string): Promise<void> {
    await this.batchWrite(this.deletions(pk))
  }

  private async *deletions(pk: string): AsyncGenerator<Write> {
    for await (const item of this.queryAll(pk, { keysOnly: true })) yield { delete: { pk, sk: String(item['sk']) } }
  }

  private async writeBatch(batch: readonly Write[]): Promise<void> {
    let requests: WriteRequests = batch.map((write) =>
      'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
    )
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(Math.random() * Math.min(25 * 2 ** attempt, 3_000))
      const reply = await this.client.send(new BatchWriteCommand({ RequestItems: { [this.tableName]: requests } }))
      requests = reply.UnprocessedItems?.[this.tableName] ?? []
      if (requests.length === 0) return
    }
    throw new UnprocessedItemsError(requests.length, ATTEMPTS)
  }
}
