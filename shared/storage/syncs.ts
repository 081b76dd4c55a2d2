import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Sync, SyncProgress } from '../integrations/sync.ts'
import { progressNoteSchema, syncSchema } from './sync-item.ts'
import { sparse } from './sparse.ts'
import { keys } from './table.ts'
import type { HistoryPage, Table } from './table-access.ts'

/** The history of syncs. An integration's newest sync is in the integration itself until another one displaces it. */
export class SyncRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Repeating it has no effect. */
  async putSync(integrationId: string, sync: Sync): Promise<void> {
    const { client, tableName } = this.table
    const item = { ...keys.sync(integrationId, sync.id), ...sparse(sync) }
    await client.send(new PutCommand({ TableName: tableName, Item: item }))
  }

  /** Repeating it has no effect. */
  async deleteSync(integrationId: string, syncId: string): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new DeleteCommand({ TableName: tableName, Key: keys.sync(integrationId, syncId) }))
  }

  async findSync(integrationId: string, syncId: string): Promise<Sync | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.sync(integrationId, syncId), ConsistentRead: true }),
    )
    return item === undefined ? undefined : syncSchema.parse(item)
  }

  /** Replaces how far an integration's running sync is. */
  async putProgress(integrationId: string, syncId: string, progress: SyncProgress): Promise<void> {
    const { client, tableName } = this.table
    const item = { ...keys.progressNote(integrationId), syncId, progress }
    await client.send(new PutCommand({ TableName: tableName, Item: item }))
  }

  /** How far a sync is. Undefined until its run has said so. */
  async findProgress(integrationId: string, syncId: string): Promise<SyncProgress | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.progressNote(integrationId), ConsistentRead: true }),
    )
    const note = item === undefined ? undefined : progressNoteSchema.parse(item)
    return note?.syncId === syncId ? note.progress : undefined
  }

  /** Newest first. */
  async listSyncs(integrationId: string, page: HistoryPage): Promise<Sync[]> {
    const items = await this.table.queryLatest(keys.syncs(integrationId), page)
    return items.map((item) => syncSchema.parse(item))
  }

  /** Deletes an integration's history. Repeating it has no effect. */
  async deleteSyncs(integrationId: string): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new DeleteCommand({ TableName: tableName, Key: keys.progressNote(integrationId) }))
    await this.table.deletePartition(keys.syncs(integrationId))
  }
}
