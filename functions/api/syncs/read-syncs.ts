import * as z from 'zod'
import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import type { Integration } from '../../../shared/integrations/integration.ts'
import { newestSync } from '../../../shared/integrations/sync-slot.ts'
import type { Sync, SyncProgress } from '../../../shared/integrations/sync.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { decodeCursor, encodeCursor, firstPage } from '../http/cursor.ts'
import { getVisibleIntegration, isStorableId } from '../integrations/visible-integration.ts'
import { toWireSync } from './to-wire-sync.ts'

/**
 * A page of an integration's syncs, newest first. The newest comes from the integration, the others from the history.
 */
export async function listSyncs(
  deps: ApiDependencies,
  integrationId: string,
  query: { limit: number; cursor?: string | undefined },
) {
  const integration = await getVisibleIntegration(deps, integrationId)
  const current = currentSyncs(integration, deps.now())
  const scope = { operationId: 'listSyncs', integrationId, query: {} }
  const before = decodeCursor(scope, query.cursor, z.string().refine(isStorableId))
  const stored = await deps.syncs.listSyncs(integrationId, {
    limit: query.limit + 2,
    ...(before === undefined ? {} : { before }),
  })
  const newest = current.filter(({ id }) => before === undefined || id < before)
  const syncs = [...newest, ...stored.filter(({ id }) => current.every((sync) => sync.id !== id))]
  const { items, last } = firstPage(
    syncs.toSorted((left, right) => (left.id < right.id ? 1 : -1)),
    query.limit,
  )
  const provider = providerOf(integration.provider)
  const progress = await progressOf(deps, integration)
  return {
    items: items.map((sync) => toWireSync(sync, provider, progress)),
    nextCursor: last === null ? null : encodeCursor(scope, last.id),
  }
}

/** One sync. Throws `NotFoundError`. */
export async function getSync(deps: ApiDependencies, integrationId: string, syncId: string): Promise<WireSync> {
  const integration = await getVisibleIntegration(deps, integrationId)
  const current = currentSyncs(integration, deps.now()).find(({ id }) => id === syncId)
  const sync = current ?? (isStorableId(syncId) ? await deps.syncs.findSync(integrationId, syncId) : undefined)
  if (sync === undefined) throw new NotFoundError('sync')
  return toWireSync(sync, providerOf(integration.provider), await progressOf(deps, integration))
}

/** How far the running sync is. Undefined when none runs, or it has not said so yet. */
export async function progressOf(
  { syncs }: Pick<ApiDependencies, 'syncs'>,
  { id, lastSync }: Integration,
): Promise<SyncProgress | undefined> {
  return lastSync?.state === 'running' ? syncs.findProgress(id, lastSync.id) : undefined
}

/** The syncs in the integration itself: one, and the one that waits for it. */
function currentSyncs(integration: Integration, now: Date): Sync[] {
  const { lastSync } = integration
  const newest = newestSync(integration, now)
  return [newest, newest?.id === lastSync?.id ? null : lastSync].filter((sync) => sync !== null)
}
