import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import type { Integration } from '../integrations/integration.ts'
import { IntegrationNotFoundError } from './errors.ts'
import { revisionSchema, scheduledSchema, toIntegration, toIntegrationItem } from './integration-item.ts'
import { RevisedItems } from './revised-items.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

/** Integrations in every lifecycle. All reads are strongly consistent. */
export class IntegrationRepository {
  private readonly table: Table
  private readonly items: RevisedItems<Integration>

  /** `pause` waits before an update is retried. */
  constructor(table: Table, pause?: (ms: number) => Promise<unknown>) {
    this.table = table
    this.items = new RevisedItems(table, { toItem: toIntegrationItem, fromItem: toIntegration }, pause)
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
    return this.items.find(keys.integration(id))
  }

  /** Throws `IntegrationNotFoundError`. */
  async getIntegration(id: string): Promise<Integration> {
    const integration = await this.findIntegration(id)
    if (integration === undefined) throw new IntegrationNotFoundError(id)
    return integration
  }

  /** Stores a new integration. Throws `ConditionalCheckFailedException` when its id exists. */
  async createIntegration(integration: Integration): Promise<void> {
    await this.items.create(integration)
  }

  /**
   * Applies a pure change to the current integration and stores it, if nobody else has written meanwhile; otherwise
   * reads and applies again. `change` may throw, or return undefined to change nothing. Throws
   * `IntegrationNotFoundError`, `UpdateContentionError`.
   */
  async updateIntegration(id: string, change: (current: Integration) => Integration | undefined): Promise<Integration> {
    const updated = await this.items.update(keys.integration(id), change)
    if (updated === undefined) throw new IntegrationNotFoundError(id)
    return updated
  }

  /** Repeating it has no effect. */
  async removeIntegration(id: string): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new DeleteCommand({ TableName: tableName, Key: keys.integration(id) }))
  }
}
