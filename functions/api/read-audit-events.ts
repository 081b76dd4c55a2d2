import * as z from 'zod'
import { AUDIT_KEPT_DAYS, type AuditEvent } from '../../shared/domain/audit-event.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { firstPage } from './page.ts'
import { isStorableId } from './visible-integration.ts'

const MS_PER_DAY = 86_400_000

/** A page of audit events, newest first. Those past their time are shown no more, deleted or not. */
export async function listAuditEvents(
  deps: Pick<ApiDependencies, 'audit' | 'now'>,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: readonly AuditEvent[]; nextCursor: string | null }> {
  const scope = { operationId: 'listAuditEvents', integrationId: null, query: {} }
  const before = decodeCursor(scope, query.cursor, z.string().refine(isStorableId))
  const forgottenBefore = new Date(deps.now().getTime() - AUDIT_KEPT_DAYS * MS_PER_DAY).toISOString()
  const events = await deps.audit.listEvents({ limit: query.limit + 1, before })
  const { items, last } = firstPage(
    events.filter(({ at }) => at >= forgottenBefore),
    query.limit,
  )
  return { items, nextCursor: last === null ? null : encodeCursor(scope, last.id) }
}
