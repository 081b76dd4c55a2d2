import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Integration } from '../integrations/integration.ts'
import { IntegrationNotFoundError, UpdateContentionError } from './errors.ts'
import { revisionSchema, scheduledSchema, toIntegration, toIntegrationItem } from './integration-item.ts'
import { keys } from './table.ts'
import type { Item, Table } from './table-access.ts'

const ATTEMPTS = 10
/** The attribute with the ids of the latest writes. It is not part of the integration. */
const LATEST_WRITES = 'latestWrites'
const WRITES_KEPT = 4
const latestWritesSchema = z.array(z.string()).default([])

/** Integrations in every lifecycle. All reads are strongly consistent. */
export class IntegrationRepository {
  private readonly table: Table
  private readonly pause: (ms: number) => Promise<unknown>

  /** `pause` waits before an update is retried. */
  constructor(table: Table, pause: (ms: number) => Promise<unknown> = sleep) {
    this.table = table
    this.pause = pause
  }

  /** All integrations, by id. */
  async listIntegrations(): Promise<Integration[]> {
    const integrations: Integration[] = []
    for await (const item of this.table.queryAll(keys.integrations)) integrations.push(toIntegration(item))
    return integrations
  }

  /** The revisions of all integrations, by id. Each change of an integration increases its own. */
  async listRevisions(): Promise<Pick<Integration, 'id' | 'revision'>[]> {
    const revisions = []
    const only = Object.keys(revisionSchema.shape)
    for await (const item of this.table.queryAll(keys.integrations, { only }))
      revisions.push(revisionSchema.parse(item))
    return revisions
  }

  /** All integrations, by id, with the fields that dispatch needs. */
  async listScheduled(): Promise<Pick<Integration, 'id' | 'schedule' | 'lifecycle'>[]> {
    const only = Object.keys(scheduledSchema.shape)
    const scheduled = []
    for await (const item of this.table.queryAll(keys.integrations, { only }))
      scheduled.push(scheduledSchema.parse(item))
    return scheduled
  }

  async findIntegration(id: string): Promise<Integration | undefined> {
    const item = await this.findItem(id)
    return item === undefined ? undefined : toIntegration(item)
  }

  /** Throws `IntegrationNotFoundError`. */
  async getIntegration(id: string): Promise<Integration> {
    const integration = await this.findIntegration(id)
    if (integration === undefined) throw new IntegrationNotFoundError(id)
    return integration
  }

  /** Stores a new integration. Throws `ConditionalCheckFailedException` when its id exists. */
  async createIntegration(integration: Integration): Promise<void> {
    await this.put(integration, { ConditionExpression: 'attribute_not_exists(pk)' }, [])
  }

  /**
   * Applies a pure change to the current integration and stores it, if nobody else has written meanwhile; otherwise
   * reads and applies again. `change` may throw, or return undefined to change nothing. Throws
   * `IntegrationNotFoundError`, `UpdateContentionError`.
   */
  async updateIntegration(id: string, change: (current: Integration) => Integration | undefined): Promise<Integration> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await this.pause(Math.random() * 20 * 2 ** Math.min(attempt, 5))
      const item = await this.findItem(id)
      if (item === undefined) throw new IntegrationNotFoundError(id)
      const current = toIntegration(item)
      const changed = change(current)
      if (changed === undefined) return current
      const next = { ...changed, revision: current.revision + 1 }
      if (await this.putOverRevision(next, current.revision, latestWritesOf(item))) return next
    }
    throw new UpdateContentionError(id, ATTEMPTS)
  }

  /** Repeating it has no effect. */
  async removeIntegration(id: string): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new DeleteCommand({ TableName: tableName, Key: keys.integration(id) }))
  }

  private async findItem(id: string): Promise<Item | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.integration(id), ConsistentRead: true }),
    )
    return item
  }

  private async putOverRevision(integration: Integration, revision: number, latest: string[]): Promise<boolean> {
    const condition = {
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: { ':revision': revision },
    }
    try {
      await this.put(integration, condition, latest)
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
  private async put(
    integration: Integration,
    condition: { ConditionExpression: string; ExpressionAttributeValues?: Record<string, unknown> },
    latest: readonly string[],
  ): Promise<void> {
    const { client, tableName } = this.table
    // Short ids, because each kilobyte of the item costs a unit whenever it is written.
    const writeId = randomBytes(6).toString('base64url')
    const item = { ...toIntegrationItem(integration), [LATEST_WRITES]: [...latest, writeId].slice(-WRITES_KEPT) }
    try {
      await client.send(new PutCommand({ TableName: tableName, Item: item, ...condition }))
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      if (!latestWritesOf(await this.findItem(integration.id)).includes(writeId)) throw error
    }
  }
}

function latestWritesOf(item: Item | undefined): string[] {
  return latestWritesSchema.parse(item?.[LATEST_WRITES])
}
