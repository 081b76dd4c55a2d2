import { decodeTime } from 'ulid'
import { NameTakenError } from '../../../shared/storage/errors.ts'
import { normalizeName, type NameHolder } from '../../../shared/storage/names.ts'
import type { ApiDependencies } from '../api-dependencies.ts'

/** A connection or a rename that was not finished after this long was abandoned: its name is free again. */
export const ABANDONED_AFTER_MS = 15 * 60_000

type NameDependencies = Pick<ApiDependencies, 'names' | 'integrations' | 'now' | 'newId'>

/** Throws `NameTakenError` when another integration than `ownId` has the name. Reserves nothing. */
export async function requireFreeName(deps: NameDependencies, name: string, ownId?: string): Promise<void> {
  const holder = await deps.names.findHolder(name)
  if (holder === undefined || holder.integrationId === ownId) return
  if (!(await isStaleHolder(deps, name, holder))) throw new NameTakenError()
}

/** Takes a name for an integration; gives the reservation. Throws `NameTakenError`. */
export async function reserveName(deps: NameDependencies, name: string, integrationId: string): Promise<NameHolder> {
  const reservation = { integrationId, reservationId: deps.newId() }
  await deps.names.reserveName(name, reservation, (holder) => isStaleHolder(deps, name, holder))
  return reservation
}

/** True for a holder that is gone, being deleted, was never finished, or has long had another name and wants this one no more. */
export async function isStaleHolder(
  deps: Pick<NameDependencies, 'integrations' | 'now'>,
  name: string,
  holder: NameHolder,
): Promise<boolean> {
  const integration = await deps.integrations.findIntegration(holder.integrationId)
  if (integration === undefined || integration.lifecycle === 'deleting') return true
  const names = [integration.name, integration.pendingEdit?.fields.name ?? integration.name]
  const isBorne = names.some((each) => normalizeName(each) === normalizeName(name))
  return (
    (integration.lifecycle === 'pending' || !isBorne) &&
    deps.now().getTime() - decodeTime(holder.reservationId) > ABANDONED_AFTER_MS
  )
}
