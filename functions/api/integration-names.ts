import { NameTakenError } from '../../shared/storage/errors.ts'
import { normalizeName, type NameHolder } from '../../shared/storage/names.ts'
import type { ApiDependencies } from './api-dependencies.ts'

/** A connection or a rename that was not finished after this long was abandoned: its name is free again. */
export const ABANDONED_AFTER_MS = 15 * 60_000

type NameDependencies = Pick<ApiDependencies, 'names' | 'integrations' | 'now'>

/** Throws `NameTakenError` when another integration than `ownId` has the name. Reserves nothing. */
export async function requireFreeName(deps: NameDependencies, name: string, ownId?: string): Promise<void> {
  const holder = await deps.names.findHolder(name)
  if (holder === undefined || holder.integrationId === ownId) return
  if (!(await isStaleHolder(deps, name, holder))) throw new NameTakenError()
}

/** Takes a name for an integration. Throws `NameTakenError`. */
export async function reserveName(deps: NameDependencies, name: string, integrationId: string): Promise<void> {
  const reservation = { integrationId, reservedAt: deps.now().toISOString() }
  await deps.names.reserveName(name, reservation, (holder) => isStaleHolder(deps, name, holder))
}

/** True for a holder that is gone, being deleted, was never finished, or has long had another name. */
async function isStaleHolder(deps: NameDependencies, name: string, holder: NameHolder): Promise<boolean> {
  const integration = await deps.integrations.findIntegration(holder.integrationId)
  if (integration === undefined || integration.lifecycle === 'deleting') return true
  const isUnfinished = integration.lifecycle === 'pending' || normalizeName(integration.name) !== normalizeName(name)
  return isUnfinished && deps.now().getTime() - Date.parse(holder.reservedAt) > ABANDONED_AFTER_MS
}
