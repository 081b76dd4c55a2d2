import * as z from 'zod'
import type { Sync } from '../../../shared/integrations/sync.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { firstPage } from '../http/page.ts'
import { getVisibleIntegration, isStorableId } from '../integrations/visible-integration.ts'

/**
 * A page of an integration's syncs, newest first. The newest sync comes from the integration, the others from the
 * history.
 */
export async function listSyncs(
  deps: ApiDependencies,
  integrationId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: readonly Sync[]; nextCursor: string | null }> {
  const { lastSync } = await getVisibleIntegration(deps, integrationId)
  const scope = { operationId: 'listSyncs', integrationId, query: {} }
  const before = decodeCursor(scope, query.cursor, z.string().refine(isStorableId))
  const stored = await deps.syncs.listSyncs(integrationId, {
    limit: query.limit + 2,
    ...(before === undefined ? {} : { before }),
  })
  const newest = lastSync !== null && (before === undefined || lastSync.id < before) ? [lastSync] : []
  const syncs = [...newest, ...stored.filter(({ id }) => id !== lastSync?.id)]
  const { items, last } = firstPage(
    syncs.toSorted((left, right) => (left.id < right.id ? 1 : -1)),
    query.limit,
  )
  return { items, nextCursor: last === null ? null : encodeCursor(scope, last.id) }
}

/** One sync. Throws `NotFoundError`. */
export async function getSync(deps: ApiDependencies, integrationId: string, syncId: string): Promise<Sync> {
  const { lastSync } = await getVisibleIntegration(deps, integrationId)
  if (lastSync?.id === syncId) return lastSync
  const sync = isStorableId(syncId) ? await deps.syncs.findSync(integrationId, syncId) : undefined
  if (sync === undefined) throw new NotFoundError('sync')
  return sync
}
