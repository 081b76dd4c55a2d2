import type { Integration } from '../../shared/integrations/integration.ts'
import { isBeingEdited, settleEdit, type StoredKey } from '../../shared/integrations/edit.ts'
import { judgeListing, mergePeople } from '../../shared/data-sets/directory/listing.ts'
import {
  DIFFERENT_ORGANIZATION_DETAIL,
  implausibleListingAdvice,
  INTERNAL_ERROR_DETAIL,
  ProviderError,
} from '../../shared/domain/problem.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { publishResult, recordFailure, type SyncFailure } from '../../shared/integrations/sync-outcome.ts'
import { type ClaimRefusal, withLateWrites } from '../../shared/integrations/sync-slot.ts'
import { syncCounts } from '../../shared/integrations/sync.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import type { Provider } from '../../shared/providers/provider.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { countPublished } from '../../shared/use-cases/count-published.ts'
import { claimRun } from './claim-run.ts'
import { connectedElsewhere } from './connected-elsewhere.ts'
import { type Comparison, dataAfter, readPublished, writeSnapshots } from './publish-reading.ts'
import { startNext } from './start-next.ts'
import { readOrganization, type OrganizationReading } from './read-organization.ts'
import { type Run, SlotLostError } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'
import { writeRecord } from './write-record.ts'

/** The number of deliveries after which the queue gives up and the sync ends as failed. */
export const DELIVERIES_AT_MOST = 3

/** `recorded`: the sync had been published by an earlier run, and this one wrote its record. */
export type SyncOutcome = 'succeeded' | 'failed' | 'recorded' | 'superseded' | ClaimRefusal

/** Why a reading is not published. */
type Refusal = Pick<SyncFailure, 'problem' | 'notRead' | 'implausible'>

/**
 * Runs one sync: claims the slot, reads everything, decides, publishes in one write, and then writes the record. Provider
 * failures end the sync as `failed`. Only internal errors are thrown: the queue delivers again, and the third time the sync
 * ends too.
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
  if (run.integration.lastSync?.state === 'succeeded') {
    await writeRecord(run, run.integration, null, dependencies)
    return 'recorded'
  }
  const provider = providerOf(run.integration.provider)
  const found = await dependencies.keys.findKey(run.integration.id)
  if (found === undefined) {
    const problem = { code: 'admin_key_missing', detail: provider.advice('admin_key_missing', 'directory') } as const
    return fail(run, { problem, keyVersion: run.integration.keyVersion }, dependencies)
  }
  const { key, keyVersion } = found
  await settleKilledEdit(run, { keyVersion, keyHint: key.hint }, dependencies)
  const organization = await dependencies.openOrganization({
    provider: provider.id,
    key,
    simulated: run.integration.simulated,
    deadline: run.readingDeadline,
  })
  const { optionalDataSets, windowDays, now, logger } = dependencies
  const dataSets = provider.dataSets.filter(({ id, required }) => required || optionalDataSets.includes(id))
  const counts = run.integration.published?.counts
  const expectedPeople = counts === undefined ? 0 : counts.members + counts.guests
  let reading: OrganizationReading
  try {
    const onFault = (dataSet: string, error: unknown) =>
      logger.error('An optional data set could not be read.', error, { integrationId: run.integration.id, dataSet })
    const options = { dataSets, startedAt: now(), windowDays, expectedPeople, onFault }
    reading = await readOrganization(organization, run, options)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const { code, dataSet } = error
    return fail(
      run,
      { problem: { code, detail: provider.advice(code, dataSet) }, notRead: { dataSet, code }, keyVersion },
      dependencies,
    )
  }
  return decideAndPublish(run, reading, keyVersion, dependencies)
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

async function decideAndPublish(
  run: Run,
  reading: OrganizationReading,
  keyVersion: number,
  dependencies: SyncDependencies,
): Promise<SyncOutcome> {
  const { now, keepRemovedDays } = dependencies
  const { listed } = reading
  const provider = providerOf(run.integration.provider)
  const read = syncCounts(listed.length, (id) => reading.series.get(id)?.rows ?? 0)
  const refuse = (why: Refusal) => fail(run, { ...why, read, keyVersion }, dependencies)
  const before = await readPublished(run.integration, reading, dependencies)
  const refusal =
    judge(run.integration, before, reading, now()) ?? (await connectedElsewhere(run, listed, dependencies))
  if (refusal !== undefined) return refuse(refusal)
  const believed = withoutUnlikely(before, reading, provider)
  if ('problem' in believed) return refuse(believed)
  const merged = mergePeople(before?.people ?? [], listed, { now: now(), keepRemovedDays })
  const comparison: Comparison = { before, after: dataAfter(before, merged.people, believed) }
  run.reportProgress({ phase: 'saving', done: 0, total: null })
  const result = await writeSnapshots(run, comparison, believed, { removedUsers: merged.removed }, dependencies)
  const late = await connectedElsewhere(run, listed, dependencies)
  if (late !== undefined) return refuse(late)
  run.checkLease()
  const published = await run.update((current, sync) =>
    publishResult(current, sync, result, { now: now(), rules: provider.directory }),
  )
  announce(published, dependencies)
  if (result.leavesWork) await writeRecord(run, published, comparison, dependencies)
  return 'succeeded'
}

/** Why a reading is rejected. Undefined when it is accepted. */
function judge(
  integration: Integration,
  before: Snapshot | null,
  { listed }: OrganizationReading,
  now: Date,
): Refusal | undefined {
  const judged = judgeListing({ stored: before?.people ?? [], listed, implausible: integration.implausible, now })
  switch (judged.verdict) {
    case 'plausible':
      return undefined
    case 'different_organization':
      return { problem: { code: judged.verdict, detail: DIFFERENT_ORGANIZATION_DETAIL } }
    case 'implausible': {
      const detail = implausibleListingAdvice(providerOf(integration.provider).name)
      return { problem: { code: 'implausible_listing', detail }, implausible: judged.mark }
    }
  }
}

/**
 * A series that leaves out a day with stored data is incomplete. A required one refuses the reading; an optional one counts
 * as not read.
 */
function withoutUnlikely(
  before: Snapshot | null,
  reading: OrganizationReading,
  provider: Provider,
): OrganizationReading | Refusal {
  const code = 'unexpected_reply'
  const series = new Map(reading.series)
  const problems = new Map(reading.problems)
  for (const { id, required } of provider.dataSets) {
    const read = DAY_SERIES.find((each) => each.id === id)
    const daysLeftOut = series.get(id)?.daysLeftOut ?? []
    if (read === undefined || before?.series[read.id].hasDataOn(daysLeftOut) !== true) continue
    if (required) return { problem: { code, detail: provider.advice(code, id) }, notRead: { dataSet: id, code } }
    series.delete(id)
    problems.set(id, code)
  }
  return { ...reading, series, problems }
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
  const isLast = deliveryCount >= DELIVERIES_AT_MOST
  try {
    const after = await run.update((current, sync) => {
      if (!isLast) {
        return { ...current, lease: current.lease && { ...current.lease, expiresAt: now().toISOString() } }
      }
      const ended = { ...withLateWrites(current, now()), lease: null }
      const problem = { code: 'internal_error', detail: INTERNAL_ERROR_DETAIL } as const
      return sync.state === 'running' ? recordFailure(ended, sync, { problem, keyVersion: 0 }, now()) : ended
    })
    if (!isLast) return
    announce(after, dependencies)
    await startNext(run, dependencies)
  } catch (error) {
    // The original error is still thrown, and the lease expires by itself.
    logger.error('The lease of a sync could not be released.', error, {
      integrationId: run.integration.id,
      syncId: run.syncId,
    })
  }
}
