import { decodeTime } from 'ulid'
import { NameTakenError } from '../../../shared/storage/errors.ts'
import { normalizeName, type NameHolder } from '../../../shared/storage/names.ts'
import type { ApiDependencies } from '../api-dependencies.ts'

/** A connection or rename that is unfinished after this time counts as abandoned, and its name as free. */
export const ABANDONED_AFTER_MS = 15 * 60_000

type NameDependencies = Pick<ApiDependencies, 'names' | 'integrations' | 'now' | 'newId'>

/** Throws `NameTakenError` when another integration than `ownId` has the name. Reserves nothing. */
export async function requireFreeName(deps: NameDependencies, name: string, ownId?: string): Promise<void> {
  const holder = await deps.names.findHolder(name)
  if (holder === undefined || holder.integrationId === ownId) return
  if (!(await isStaleHolder(deps, name, holder))) throw new NameTakenError()
}

/** Reserves a name for an integration and returns the reservation. Throws `NameTakenError`. */
export async function reserveName(deps: NameDependencies, name: string, integrationId: string): Promise<NameHolder> {
  const reservation = { integrationId, reservationId: deps.newId() }
  await deps.names.reserveName(name, reservation, (holder) => isStaleHolder(deps, name, holder))
  return reservation
}

/** True for a holder that is gone, deleted or abandoned, or that has neither used nor requested this name for 15 minutes. */
export async function isStaleHolder(
  deps: Pick<NameDependencies, 'integrations' | 'now'>,
  name: string,
  holder: NameHolder,
): Promise<boolean> {
  const integration = await deps.integrations.findIntegration(holder.integrationId)
  if (integration === undefined || integration.lifecycle === 'deleting') return true
  const names = [integration.name, integration.pendingEdit?.fields.name ?? integration.name]
  const isUsed = names.some((each) => normalizeName(each) === normalizeName(name))
  return (
    (integration.lifecycle === 'pending' || !isUsed) &&
    deps.now().getTime() - decodeTime(holder.reservationId) > ABANDONED_AFTER_MS
  )
}
