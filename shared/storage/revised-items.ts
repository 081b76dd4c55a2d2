import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { UpdateContentionError } from './errors.ts'
import type { ItemKey } from './table.ts'
import type { Item, Table } from './table-access.ts'

const ATTEMPTS = 10
/** The attribute with the ids of the latest writes. It is not part of what an item stands for. */
const LATEST_WRITES = 'latestWrites'
const WRITES_KEPT = 4
const latestWritesSchema = z.array(z.string()).default([])

interface Condition {
  readonly ConditionExpression: string
  readonly ExpressionAttributeValues?: Record<string, unknown>
}

/** How values that have a version for optimistic locking are stored. */
interface RevisedCodec<Value extends { readonly revision: number }> {
  readonly toItem: (value: Value) => Item & ItemKey
  /** Throws `ZodError` for an item that is none. */
  readonly fromItem: (item: Item) => Value
}

/** Items that several processes change. All reads are strongly consistent. */
export class RevisedItems<Value extends { readonly revision: number }> {
  private readonly table: Table
  private readonly codec: RevisedCodec<Value>
  private readonly pause: (ms: number) => Promise<unknown>

  /** `pause` waits before an update is retried. */
  constructor(table: Table, codec: RevisedCodec<Value>, pause: (ms: number) => Promise<unknown> = sleep) {
    this.table = table
    this.codec = codec
    this.pause = pause
  }

  async find(key: ItemKey): Promise<Value | undefined> {
    const item = await this.findItem(key)
    return item && this.codec.fromItem(item)
  }

  /** Stores a new value. Throws `ConditionalCheckFailedException` when its key exists. */
  async create(value: Value): Promise<void> {
    await this.put(value, { ConditionExpression: 'attribute_not_exists(pk)' }, [])
  }

  /**
   * Applies a pure change to the current value and stores it with the next revision, if nobody else has written meanwhile; otherwise reads
   * and applies again. `change` may throw, or return undefined to change nothing. Returns the value as it is then, or undefined if there is
   * none. Throws `UpdateContentionError`.
   */
  async update(key: ItemKey, change: (current: Value) => Value | undefined): Promise<Value | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await this.pause(Math.random() * 20 * 2 ** Math.min(attempt, 5))
      const item = await this.findItem(key)
      if (item === undefined) return undefined
      const current = this.codec.fromItem(item)
      const changed = change(current)
      if (changed === undefined) return current
      const next = { ...changed, revision: current.revision + 1 }
      if (await this.putOverRevision(next, current.revision, latestWritesOf(item))) return next
    }
    throw new UpdateContentionError(key.sk, ATTEMPTS)
  }

  private async findItem(key: ItemKey): Promise<Item | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))
    return item
  }

  private async putOverRevision(value: Value, revision: number, latest: string[]): Promise<boolean> {
    const condition = {
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: { ':revision': revision },
    }
    try {
      await this.put(value, condition, latest)
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  /**
   * When the reply to a write is lost, the SDK sends it again, and it fails on its own condition. So every write adds
   * an id to the item beside those of earlier writes: if the id is there, the write was carried out.
   */
  private async put(value: Value, condition: Condition, latest: readonly string[]): Promise<void> {
    const { client, tableName } = this.table
    const item = this.codec.toItem(value)
    // Short ids, because each kilobyte of the item costs a unit whenever it is written.
    const writeId = randomBytes(6).toString('base64url')
    const stored = { ...item, [LATEST_WRITES]: [...latest, writeId].slice(-WRITES_KEPT) }
    try {
      await client.send(new PutCommand({ TableName: tableName, Item: stored, ...condition }))
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      const { pk, sk } = item
      if (!latestWritesOf(await this.findItem({ pk, sk })).includes(writeId)) throw error
    }
  }
}

function latestWritesOf(item: Item | undefined): string[] {
  return latestWritesSchema.parse(item?.[LATEST_WRITES])
}
