import * as z from 'zod'
import type { AuditEventListQuery, WireAuditEvent } from '../../../shared/contracts/audit-contract.ts'
import { AUDIT_KEPT_DAYS, type AuditEvent } from '../../../shared/domain/audit-event.ts'
import { MS_PER_DAY } from '../../../shared/domain/day.ts'
import type { HistoryPage } from '../../../shared/storage/table-access.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { decodeCursor, encodeCursor, firstPage } from '../http/cursor.ts'
import { isStorableId } from '../integrations/visible-integration.ts'

/**
 * A page of audit events, newest first, optionally of one integration. Expired events are left out, even if they are
 * not deleted yet. A search for one integration's events can end a page early; the cursor then continues the search.
 */
export async function listAuditEvents(
  deps: Pick<ApiDependencies, 'audit' | 'now'>,
  query: AuditEventListQuery,
): Promise<{ items: WireAuditEvent[]; nextCursor: string | null }> {
  const scope = { operationId: 'listAuditEvents', integrationId: null, query: { integrationId: query.integrationId } }
  const before = decodeCursor(scope, query.cursor, z.string().refine(isStorableId))
  const forgottenBefore = new Date(deps.now().getTime() - AUDIT_KEPT_DAYS * MS_PER_DAY).toISOString()
  const { events, stoppedAt } = await readEvents(deps, query.integrationId, { limit: query.limit + 1, before })
  const { items, last } = firstPage(
    events.filter(({ at }) => at >= forgottenBefore),
    query.limit,
  )
  const goOnBefore = last?.id ?? stoppedAt
  return {
    items: items.map((event) => toWireAuditEvent(event)),
    nextCursor: goOnBefore === null ? null : encodeCursor(scope, goOnBefore),
  }
}

async function readEvents(
  { audit }: Pick<ApiDependencies, 'audit'>,
  integrationId: string | undefined,
  page: HistoryPage,
): Promise<{ events: readonly AuditEvent[]; stoppedAt: string | null }> {
  if (integrationId !== undefined) return audit.listEventsOf(integrationId, page)
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
