import { setTimeout as sleep } from 'node:timers/promises'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Integration } from '../domain/integration.ts'
import { IntegrationNotFoundError, UpdateContentionError } from './errors.ts'
import { toIntegration, toIntegrationItem } from './integration-item.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

const ATTEMPTS = 10

/** Integrations in every lifecycle. All reads are strongly consistent. */
export class IntegrationRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** All of them, by id. */
  async listIntegrations(): Promise<Integration[]> {
    const integrations: Integration[] = []
    for await (const item of this.table.queryAll(keys.integrations)) integrations.push(toIntegration(item))
    return integrations
  }

  async findIntegration(id: string): Promise<Integration | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.integration(id), ConsistentRead: true }),
    )
    return item === undefined ? undefined : toIntegration(item)
  }

  /** Throws `IntegrationNotFoundError`. */
  async getIntegration(id: string): Promise<Integration> {
    const integration = await this.findIntegration(id)
    if (integration === undefined) throw new IntegrationNotFoundError(id)
    return integration
  }

  /** Stores a new one. Throws `ConditionalCheckFailedException` when its id exists. */
  async createIntegration(integration: Integration): Promise<void> {
    await this.put(integration, { ConditionExpression: 'attribute_not_exists(pk)' })
  }

  /**
   * Applies a pure change to the integration as it is now, and stores it on condition that nobody else wrote
   * meanwhile; else reads and applies again. `change` may throw, or give undefined to leave everything as it is.
   * Throws `IntegrationNotFoundError`, `UpdateContentionError`.
   */
  async updateIntegration(id: string, change: (current: Integration) => Integration | undefined): Promise<Integration> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(Math.random() * 20 * 2 ** Math.min(attempt, 5))
      const current = await this.getIntegration(id)
      const changed = change(current)
      if (changed === undefined) return current
      const next = { ...changed, revision: current.revision + 1 }
      if (await this.putOverRevision(next, current.revision)) return next
    }
    throw new UpdateContentionError(id, ATTEMPTS)
  }

  /** Repeating it is harmless. */
  async removeIntegration(id: string): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new DeleteCommand({ TableName: tableName, Key: keys.integration(id) }))
  }

  private async putOverRevision(integration: Integration, revision: number): Promise<boolean> {
    try {
      await this.put(integration, {
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': revision },
      })
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  private async put(
    integration: Integration,
    condition: { ConditionExpression: string; ExpressionAttributeValues?: Record<string, unknown> },
  ): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new PutCommand({ TableName: tableName, Item: toIntegrationItem(integration), ...condition }))
  }
}
