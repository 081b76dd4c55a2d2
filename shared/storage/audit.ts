import { PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditEvent } from '../domain/audit-event.ts'
import { keys } from './table.ts'
import type { HistoryPage, Table } from './table-access.ts'

const auditEventSchema: z.ZodType<AuditEvent> = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.object({ subject: z.string(), name: z.string().nullable() }),
  action: z.enum(AUDIT_ACTIONS),
  operation: z.string(),
  integrationId: z.string().nullable(),
  findingId: z.string().nullable(),
  changedFields: z.array(z.string()),
  outcome: z.enum(AUDIT_OUTCOMES),
  code: z.string().nullable(),
  reviewId: z.string().optional(),
  hashes: z.object({ evidenceHash: z.string(), decisionsHash: z.string() }).optional(),
})

/** Which events are searched for. Omitted fields do not filter; one is given. */
export interface AuditEventFilter {
  readonly integrationId?: string | undefined
  readonly operation?: string | undefined
}

/**
 * Audit events, all in one partition, since people cause a few per minute at most. They survive the integrations that
 * they are about.
 */
export class AuditRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Stores an event, or updates its outcome. */
  async putEvent(event: AuditEvent): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new PutCommand({ TableName: tableName, Item: { ...keys.auditEvent(event.id), ...event } }))
  }

  /** Newest first. */
  async listEvents(page: HistoryPage): Promise<AuditEvent[]> {
    const items = await this.table.queryLatest(keys.auditEvents, page)
    return items.map((item) => auditEventSchema.parse(item))
  }

  /**
   * Events of one integration, of one call, or both, newest first. There are few events in all, so they are searched
   * instead of stored twice. One call searches at most 10,000; `stoppedAt` then says where to continue.
   */
  async searchEvents(
    { integrationId, operation }: AuditEventFilter,
    page: HistoryPage,
  ): Promise<{ events: AuditEvent[]; stoppedAt: string | null }> {
    const wanted = {
      ...(integrationId !== undefined && { integrationId }),
      ...(operation !== undefined && { operation }),
    }
    const { items, stoppedAt } = await this.table.searchLatest(keys.auditEvents, page, wanted)
    return { events: items.map((item) => auditEventSchema.parse(item)), stoppedAt }
  }

  /** Deletes the events before an id. Repeating it has no effect. */
  async deleteEventsBefore(id: string): Promise<void> {
    await this.table.deletePartition(keys.auditEvents, id)
  }
}
