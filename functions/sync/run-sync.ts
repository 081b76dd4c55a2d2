import type { StoredKey } from '../../shared/integrations/integration.ts'
import { isBeingEdited, settleEdit } from '../../shared/integrations/edit.ts'
import { mergePeople } from '../../shared/data-sets/directory/listing.ts'
import { needsAction, syncProblem } from '../../shared/domain/problem.ts'
import { recordFailure, type SyncFailure } from '../../shared/integrations/sync-outcome.ts'
import { type ClaimRefusal, withLateWrites } from '../../shared/integrations/sync-slot.ts'
import { dataSetsRead, providerOf } from '../../shared/providers/find-provider.ts'
import type { Organization, Provider } from '../../shared/providers/provider.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { countPublished } from '../../shared/use-cases/count-published.ts'
import { claimRun } from './claim-run.ts'
import { connectedElsewhere } from './connected-elsewhere.ts'
import { identifyOrganization } from './identify-organization.ts'
import { judge, nothingRead, type Refusal, withoutUnlikely } from './judge-reading.ts'
import { type Comparison, dataAfter, readPublished } from './compare-reading.ts'
import { completeReading } from './complete-reading.ts'
import { publishAndRecord } from './publish-and-record.ts'
import { writeSnapshots } from './publish-reading.ts'
import { startNext } from './start-next.ts'
import { readOrganization, type OrganizationReading, resultsOf } from './read-organization.ts'
import { type Run, SlotLostError } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'
import { writeRecord } from './write-record.ts'

/** The number of deliveries after which the queue gives up and the sync ends as failed. */
export const DELIVERIES_AT_MOST = 3

/** `recorded`: an earlier run had ended the sync, and this one made the record equal to what is published. */
export type SyncOutcome = 'succeeded' | 'failed' | 'recorded' | 'superseded' | ClaimRefusal

/** A reading, and the id that the provider reports of its organization, if any. */
type IdentifiedReading = OrganizationReading & { readonly organizationId: string | null }

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
  if (run.integration.lastSync?.state !== 'running') {
    await writeRecord(run, run.integration, null, dependencies)
    return 'recorded'
  }
  const provider = providerOf(run.integration.provider)
  const found = await dependencies.keys.findKey(run.integration.id)
  if (found === undefined) {
    return fail(
      run,
      { ...nothingRead(provider, 'admin_key_missing'), keyVersion: run.integration.keyVersion },
      dependencies,
    )
  }
  const { key, keyVersion } = found
  await settleKilledEdit(run, { keyVersion, keyHint: key.hint }, dependencies)
  const organization = await dependencies.openOrganization({
    provider: provider.id,
    key,
    simulated: run.integration.simulated,
    deadline: run.readingDeadline,
  })
  const identified = await identifyOrganization(run, organization, dependencies)
  if ('problem' in identified) return fail(run, { ...identified, keyVersion }, dependencies)
  const reading = await readAll(run, provider, organization, dependencies)
  if ('problem' in reading) return fail(run, { ...reading, keyVersion }, dependencies)
  return decideAndPublish(run, { ...reading, ...identified }, keyVersion, dependencies)
}

/** Reads the organization, or says why a required data set could not be read. */
async function readAll(
  run: Run,
  provider: Provider,
  organization: Organization,
  { optionalDataSets, windowDays, now, logger, repeat }: SyncDependencies,
): Promise<OrganizationReading | Refusal> {
  const dataSets = dataSetsRead(provider, optionalDataSets)
  const counts = run.integration.published?.counts
  const expectedPeople = counts === undefined ? 0 : counts.members + counts.guests
  const onFault = (dataSet: string, error: unknown) =>
    logger.error('An optional data set could not be read.', error, { integrationId: run.integration.id, dataSet })
  const options = { dataSets, startedAt: now(), windowDays, expectedPeople, onFault, repeat }
  const reading = await readOrganization(organization, run, options)
  return requiredMissing(provider, reading) ?? reading
}

/** Why the sync fails when required data sets were not read. A cause that asks for action outranks the others. */
function requiredMissing(provider: Provider, reading: OrganizationReading): Refusal | undefined {
  const problems = provider.dataSets.flatMap(({ id, required }) => {
    const code = reading.problems.get(id)
    return required && code !== undefined ? [syncProblem(code, { dataSet: id })] : []
  })
  const problem = problems.find(({ code }) => needsAction(code)) ?? problems[0]
  return problem === undefined ? undefined : { problem, dataSets: resultsOf(reading) }
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
  reading: IdentifiedReading,
  keyVersion: number,
  dependencies: SyncDependencies,
): Promise<SyncOutcome> {
  const { now, keepRemovedDays } = dependencies
  const { listed, organizationId } = reading
  const provider = providerOf(run.integration.provider)
  const refuse = (why: Refusal) => fail(run, { dataSets: resultsOf(reading), ...why, keyVersion }, dependencies)
  const before = await readPublished(run.integration, reading, dependencies)
  const refusal =
    judge(run.integration, before, reading, now()) ?? (await connectedElsewhere(run, reading, dependencies))
  if (refusal !== undefined) return refuse(refusal)
  const accepted = withoutUnlikely(before, reading, provider)
  if ('problem' in accepted) return refuse(accepted)
  const complete = completeReading(accepted, before, run.integration)
  const merged = mergePeople(before?.people ?? [], listed, { now: now(), keepRemovedDays })
  const comparison: Comparison = { before, after: dataAfter(before, merged.people, complete) }
  run.reportProgress({ phase: 'saving', done: 0, total: null })
  const result = await writeSnapshots(run, comparison, complete, { removedUsers: merged.removed }, dependencies)
  const late = await connectedElsewhere(run, reading, dependencies)
  if (late !== undefined) return refuse(late)
  await publishAndRecord(run, { before, result, organizationId }, dependencies)
  return 'succeeded'
}

async function fail(run: Run, failure: SyncFailure, dependencies: SyncDependencies): Promise<SyncOutcome> {
  const after = await run.update((current, sync) => recordFailure(current, sync, failure, dependencies.now()))
  run.announce(after)
  if (after.lease !== null) await writeRecord(run, after, null, dependencies)
  return 'failed'
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
      const problem = syncProblem('internal_error')
      return sync.state === 'running' ? recordFailure(ended, sync, { problem, keyVersion: 0 }, now()) : ended
    })
    if (!isLast) return
    run.announce(after)
    await startNext(run, dependencies)
  } catch (error) {
    // The original error is still thrown, and the lease expires by itself.
    logger.error('The lease of a sync could not be released.', error, {
      integrationId: run.integration.id,
      syncId: run.syncId,
    })
  }
}
