import type { Integration } from '../../shared/integrations/integration.ts'
import { isBeingEdited, settleEdit, type StoredKey } from '../../shared/integrations/edit.ts'
import { tablesBySeries } from '../../shared/data-sets/by-series.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import { judgeListing, mergePeople } from '../../shared/data-sets/directory/listing.ts'
import {
  DIFFERENT_ORGANIZATION_DETAIL,
  implausibleListingAdvice,
  INTERNAL_ERROR_DETAIL,
  ProviderError,
} from '../../shared/domain/problem.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { publishResult, recordFailure, type SyncFailure } from '../../shared/integrations/sync-outcome.ts'
import { type ClaimRefusal, withLateWrites } from '../../shared/integrations/sync-slot.ts'
import { NOTHING_COUNTED, type SyncCounts } from '../../shared/integrations/sync.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import type { Provider } from '../../shared/providers/provider.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { countPublished } from '../../shared/use-cases/count-published.ts'
import { claimRun } from './claim-run.ts'
import { connectedElsewhere } from './connected-elsewhere.ts'
import { startNext } from './start-next.ts'
import { readOrganization, type OrganizationReading } from './read-organization.ts'
import { type Run, SlotLostError } from './run.ts'
import { readStored, saveReading, type Stored } from './save-reading.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** The number of deliveries after which the queue gives up and the sync ends as failed. */
export const DELIVERIES_AT_MOST = 3

export type SyncOutcome = 'succeeded' | 'failed' | 'superseded' | ClaimRefusal

/** Why a reading is not published. */
type Refusal = Pick<SyncFailure, 'problem' | 'implausible'>

/**
 * Runs one sync: claims the slot, reads everything, decides, saves, and publishes in one write. Provider failures end
 * the sync as `failed`. Only internal errors are thrown: the queue delivers again, and the third time the sync ends
 * too.
 */
export async function runSync(
  message: SyncMessage & { readonly deliveryCount: number },
  dependencies: SyncDependencies,
): Promise<SyncOutcome> {
  const ids = { integrationId: message.integrationId, syncId: message.syncId }
  const run = await claimRun(message, dependencies)
  if (typeof run === 'string') {
    dependencies.logger.info('A sync message was dropped.', { ...ids, reason: run })
    return run
  }
  try {
    const outcome = await carryOut(run, dependencies)
    dependencies.logger.info('A sync ended.', { ...ids, outcome, durationMs: run.durationMs })
    await startNext(run, dependencies)
    return outcome
  } catch (error) {
    if (error instanceof SlotLostError) {
      dependencies.logger.warn('A sync run lost its slot.', ids)
      await startNext(run, dependencies)
      return 'superseded'
    }
    await releaseLease(run, message.deliveryCount, dependencies)
    throw error
  }
}

async function carryOut(run: Run, dependencies: SyncDependencies): Promise<SyncOutcome> {
  const provider = providerOf(run.integration.provider)
  const found = await dependencies.keys.findKey(run.integration.id)
  if (found === undefined) {
    const problem = { code: 'admin_key_missing', detail: provider.advice('admin_key_missing', 'directory') } as const
    const { keyVersion } = run.integration
    return fail(run, { problem, read: NOTHING_COUNTED, written: NOTHING_COUNTED, keyVersion }, dependencies)
  }
  const { key, keyVersion } = found
  await settleKilledEdit(run, { keyVersion, keyHint: key.hint }, dependencies)
  const organization = await dependencies.openOrganization({
    provider: provider.id,
    key,
    simulated: run.integration.simulated,
    deadline: run.readingDeadline,
  })
  const counts = run.integration.published?.counts
  const expectedPeople = counts === undefined ? 0 : counts.members + counts.guests
  let reading: OrganizationReading
  try {
    const { windowDays, now } = dependencies
    reading = await readOrganization(organization, run, { startedAt: now(), windowDays, expectedPeople })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const problem = { code: error.code, detail: provider.advice(error.code, error.dataSet) }
    return fail(run, { problem, read: NOTHING_COUNTED, written: NOTHING_COUNTED, keyVersion }, dependencies)
  }
  return decideAndSave(run, reading, keyVersion, dependencies)
}

/** Settles an edit that was interrupted, or that this run overtook, by the key that is stored. */
async function settleKilledEdit(run: Run, stored: StoredKey, dependencies: SyncDependencies): Promise<void> {
  const { pendingEdit, keyVersion } = run.integration
  if (pendingEdit === null && stored.keyVersion <= keyVersion) return
  const latest = await dependencies.integrations.getIntegration(run.integration.id)
  const rules = providerOf(latest.provider).directory
  const counts =
    latest.pendingEdit && (await countPublished(dependencies.snapshots, latest, latest.pendingEdit.fields, rules))
  await run.update((current) => {
    const isAbandoned = !isBeingEdited(current, dependencies.now())
    return settleEdit(current, stored, { isAbandoned, counts: counts ?? undefined })
  })
}

async function decideAndSave(
  run: Run,
  reading: OrganizationReading,
  keyVersion: number,
  dependencies: SyncDependencies,
): Promise<SyncOutcome> {
  const now = dependencies.now()
  const { listed, series, digests, counts } = reading
  const stored = await readStored(run.integration, reading, dependencies)
  const refuse = (why: Refusal, written: SyncCounts = NOTHING_COUNTED) =>
    fail(run, { ...why, read: counts, written, keyVersion }, dependencies)
  const early = judge(run.integration, stored, reading, now) ?? (await connectedElsewhere(run, listed, dependencies))
  if (early !== undefined) return refuse(early)
  const { keepRemovedDays } = dependencies
  const merged = mergePeople(stored.published?.people ?? [], listed, { now, keepRemovedDays })
  const snapshot = { people: merged.people, series: tablesBySeries(({ id }) => series[id].table) }
  run.reportProgress({ phase: 'saving', done: 0, total: null })
  const next = { snapshot, digests, removedUsers: merged.removed, read: counts }
  const result = await saveReading(run, stored, next, dependencies)
  const late = await connectedElsewhere(run, listed, dependencies)
  if (late !== undefined) return refuse(late, result.written)
  run.checkLease()
  const { directory: rules } = providerOf(run.integration.provider)
  const after = await run.update((current, sync) =>
    publishResult(current, sync, result, { now: dependencies.now(), rules }),
  )
  announce(after, dependencies)
  return 'succeeded'
}

/** Why a reading is rejected. Undefined when it is accepted. */
function judge(integration: Integration, stored: Stored, reading: OrganizationReading, now: Date): Refusal | undefined {
  const { published } = stored
  const { listed } = reading
  const provider = providerOf(integration.provider)
  const judged = judgeListing({ stored: published?.people ?? [], listed, implausible: integration.implausible, now })
  switch (judged.verdict) {
    case 'plausible':
      return published === null ? undefined : refuseLeftOutDays(published, reading, provider)
    case 'different_organization':
      return { problem: { code: judged.verdict, detail: DIFFERENT_ORGANIZATION_DETAIL } }
    case 'implausible': {
      const detail = implausibleListingAdvice(provider.name)
      return { problem: { code: 'implausible_listing', detail }, implausible: judged.mark }
    }
  }
}

/** Refuses a reading that leaves out a day with stored activity, because it is incomplete. */
function refuseLeftOutDays(published: Snapshot, reading: OrganizationReading, provider: Provider): Refusal | undefined {
  const unlikely = DAY_SERIES.find(({ id }) => published.series[id].hasActivityOn(reading.series[id].daysLeftOut))
  if (unlikely === undefined) return undefined
  return { problem: { code: 'unexpected_reply', detail: provider.advice('unexpected_reply', unlikely.id) } }
}

async function fail(run: Run, failure: SyncFailure, dependencies: SyncDependencies): Promise<SyncOutcome> {
  const after = await run.update((current, sync) => recordFailure(current, sync, failure, dependencies.now()))
  announce(after, dependencies)
  return 'failed'
}

function announce(integration: Integration, dependencies: SyncDependencies): void {
  if (integration.lastSync !== null) dependencies.onProgress?.(integration.id, integration.lastSync)
}

/**
 * After an internal error: frees the lease for the next delivery, or ends the sync when there is none. The error can be
 * a timeout of a request that is still carried out, so late writes of this run are possible.
 */
async function releaseLease(run: Run, deliveryCount: number, dependencies: SyncDependencies): Promise<void> {
  const { logger, now } = dependencies
  try {
    if (deliveryCount >= DELIVERIES_AT_MOST) {
      const problem = { code: 'internal_error', detail: INTERNAL_ERROR_DETAIL } as const
      await run.update((current) => withLateWrites(current, now()))
      await fail(run, { problem, read: NOTHING_COUNTED, written: NOTHING_COUNTED, keyVersion: 0 }, dependencies)
      await startNext(run, dependencies)
      return
    }
    await run.update((current) => ({
      ...current,
      lease: current.lease && { ...current.lease, expiresAt: now().toISOString() },
    }))
  } catch (error) {
    // The original error is still thrown, and the lease expires by itself.
    logger.error('The lease of a sync could not be released.', error, {
      integrationId: run.integration.id,
      syncId: run.syncId,
    })
  }
}
