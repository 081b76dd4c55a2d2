import * as z from 'zod'
import type { AuditEventListQuery, WireAuditEvent } from '../../../shared/contracts/audit-contract.ts'
import { AUDIT_KEPT_DAYS, type AuditEvent } from '../../../shared/domain/audit-event.ts'
import { MS_PER_DAY } from '../../../shared/domain/day.ts'
import type { AuditEventFilter } from '../../../shared/storage/audit.ts'
import type { HistoryPage } from '../../../shared/storage/table-access.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { decodeCursor, encodeCursor, firstPage } from '../http/cursor.ts'
import { isStorableId } from '../integrations/visible-integration.ts'

/**
 * A page of audit events, newest first, optionally of one integration or one call. Expired events are left out, even if
 * they are not deleted yet. A search can end a page early; the cursor then continues it.
 */
export async function listAuditEvents(
  deps: Pick<ApiDependencies, 'audit' | 'now'>,
  query: AuditEventListQuery,
): Promise<{ items: WireAuditEvent[]; nextCursor: string | null }> {
  const { limit, cursor, ...filter } = query
  const scope = { operationId: 'listAuditEvents', integrationId: null, query: filter }
  const before = decodeCursor(scope, cursor, z.string().refine(isStorableId))
  const forgottenBefore = new Date(deps.now().getTime() - AUDIT_KEPT_DAYS * MS_PER_DAY).toISOString()
  const { events, stoppedAt } = await readEvents(deps, filter, { limit: limit + 1, before })
  const { items, last } = firstPage(
    events.filter(({ at }) => at >= forgottenBefore),
    limit,
  )
  const goOnBefore = last?.id ?? stoppedAt
  return {
    items: items.map((event) => toWireAuditEvent(event)),
    nextCursor: goOnBefore === null ? null : encodeCursor(scope, goOnBefore),
  }
}

async function readEvents(
  { audit }: Pick<ApiDependencies, 'audit'>,
  filter: AuditEventFilter,
  page: HistoryPage,
): Promise<{ events: readonly AuditEvent[]; stoppedAt: string | null }> {
  if (Object.values(filter).some((value) => value !== undefined)) return audit.searchEvents(filter, page)
  return { events: await audit.listEvents(page), stoppedAt: null }
}

/** Maps an audit event to its wire format. */
function toWireAuditEvent(event: AuditEvent): WireAuditEvent {
  const { id, at, actor, action, operation, integrationId, findingId, changedFields, outcome, code, reviewId, hashes } =
    event
  return {
    id,
    at,
    actor: { subject: actor.subject, name: actor.name },
    action,
    operation,
    integrationId,
    findingId,
    changedFields: [...changedFields],
    outcome,
    code,
    ...(reviewId !== undefined && { reviewId }),
    ...(hashes !== undefined && { hashes: { ...hashes } }),
  }
}
