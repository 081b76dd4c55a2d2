import { encodeTime } from 'ulid'
import * as z from 'zod'
import { AUDIT_KEPT_DAYS } from '../../../shared/domain/audit-event.ts'
import { MS_PER_DAY } from '../../../shared/domain/day.ts'
import type { Integration } from '../../../shared/integrations/integration.ts'
import { isBeingEdited } from '../../../shared/integrations/edit.ts'
import { normalizeName } from '../../../shared/storage/names.ts'
import { IntegrationNotFoundError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { cleanUpReviews } from '../reviews/clean-up-reviews.ts'
import { deleteEndedAcceptances } from '../findings/delete-ended-acceptances.ts'
import { createIndexes, type Indexes } from '../indexes.ts'
import { ABANDONED_AFTER_MS, isStaleHolder } from './integration-names.ts'

/** The event that the hourly schedule sends to the api function, the only function that may destroy keys. */
export const cleanUpEventSchema = z.strictObject({ cleanUp: z.literal(true) })

export type CleanUpEvent = z.infer<typeof cleanUpEventSchema>

/**
 * Repairs, every hour, what crashed calls left behind: abandoned connections, interrupted deletions, unfinished edits, names that no
 * integration uses, parts of a roster, and reviews. Deletes expired audit events and reviews, and ended acceptances. It runs in the api function, the only function
 * that may change keys. A failure with one integration does not stop the others. All failures are thrown at the end, as an
 * `AggregateError`.
 */
export async function cleanUp(
  deps: ApiDependencies,
  indexes: Pick<Indexes, 'people' | 'findings'> = createIndexes(deps),
): Promise<void> {
  const integrations = await deps.integrations.listIntegrations()
  const results = await Promise.allSettled([
    ...integrations.map((integration) => cleanUpOne(integration, deps)),
    releaseStaleNames(integrations, deps),
    forgetOldAuditEvents(deps),
    deleteEndedAcceptances(deps, indexes),
    cleanUpReviews(deps),
    deps.roster.cleanUp(encodeTime(deps.now().getTime() - ABANDONED_AFTER_MS)),
  ])
  const failures: unknown[] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  deps.logger.info('Cleaned up.', { integrations: integrations.length, failures: failures.length })
  if (failures.length > 0) throw new AggregateError(failures, `Clean-ups that failed: ${failures.length}.`)
}

async function cleanUpOne(integration: Integration, deps: ApiDependencies): Promise<void> {
  const now = deps.now()
  const { id, lifecycle, pendingEdit } = integration
  const ageMs = now.getTime() - Date.parse(integration.createdAt)
  if (lifecycle === 'pending' && ageMs > ABANDONED_AFTER_MS) await removeUnfinished(integration, deps)
  if (lifecycle === 'deleting') await finishDeletion(integration, deps)
  if (lifecycle !== 'visible' || pendingEdit === null || isBeingEdited(integration, now)) return
  if (pendingEdit.key === null) await dropRename(integration, deps)
  // Only a sync can read which key is stored. It completes or drops the edit when it starts.
  else await deps.queue.send({ kind: 'sync', integrationId: id, syncId: deps.newId(), trigger: 'schedule' })
}

/** Removes an unfinished connection: its key first and its item last, so a crash leaves a trace. */
export async function removeUnfinished(
  { id, name }: Integration,
  deps: Pick<ApiDependencies, 'integrations' | 'names' | 'keys'>,
): Promise<void> {
  await deps.keys.destroyKey(id)
  await deps.names.releaseName(name, { integrationId: id })
  await deps.integrations.removeIntegration(id)
}

/** Drops an interrupted rename and frees the name that it took. */
async function dropRename({ id, pendingEdit }: Integration, deps: ApiDependencies): Promise<void> {
  const { name } = await deps.integrations.updateIntegration(id, (current) =>
    current.pendingEdit?.id === pendingEdit?.id ? { ...current, pendingEdit: null } : undefined,
  )
  await releaseNameIfUnused(pendingEdit?.fields.name, { id, name }, deps)
}

/** Frees a name that an integration took but does not use. */
export async function releaseNameIfUnused(
  taken: string | undefined,
  { id, name }: Pick<Integration, 'id' | 'name'>,
  deps: Pick<ApiDependencies, 'names'>,
): Promise<void> {
  if (taken === undefined || normalizeName(taken) === normalizeName(name)) return
  await deps.names.releaseName(taken, { integrationId: id })
}

/**
 * Destroys a deleted integration's key, frees its name and queues the purge of its data. A running call could still store a
 * new key after this. Then the next clean-up destroys it, and the purge waits for that.
 */
export async function finishDeletion(
  integration: Integration,
  deps: Pick<ApiDependencies, 'integrations' | 'names' | 'keys' | 'queue' | 'now'>,
): Promise<void> {
  const { id, name, pendingEdit } = integration
  const isKeyComing = pendingEdit?.key != null && isBeingEdited(integration, deps.now())
  await deps.keys.destroyKey(id)
  await deps.names.releaseName(name, { integrationId: id })
  await releaseNameIfUnused(pendingEdit?.fields.name, integration, deps)
  if (isKeyComing) return
  try {
    await deps.integrations.updateIntegration(id, (current) =>
      current.pendingEdit === null ? undefined : { ...current, pendingEdit: null },
    )
  } catch (error) {
    // Purged meanwhile.
    if (error instanceof IntegrationNotFoundError) return
    throw error
  }
  await deps.queue.send({ kind: 'purge', integrationId: id })
}

/**
 * Frees names whose holder is gone or has had another name for long: for example after a rename that a sync completed,
 * because the call ended before it freed the old name. Another integration could take these names anyway, but a deletion
 * must not leave them behind.
 */
async function releaseStaleNames(listed: readonly Integration[], deps: ApiDependencies): Promise<void> {
  const used = new Set(
    listed.filter(({ lifecycle }) => lifecycle === 'visible').map(({ id, name }) => `${id} ${normalizeName(name)}`),
  )
  const held = await deps.names.listHeldNames()
  for (const { name, holder } of held.filter((each) => !used.has(`${each.holder.integrationId} ${each.name}`))) {
    if (await isStaleHolder(deps, name, holder)) await deps.names.releaseName(name, holder)
  }
}

async function forgetOldAuditEvents(deps: ApiDependencies): Promise<void> {
  await deps.audit.deleteEventsBefore(encodeTime(deps.now().getTime() - AUDIT_KEPT_DAYS * MS_PER_DAY))
}
