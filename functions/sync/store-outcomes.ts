import { keys } from '../../shared/data-sets/keys/keys.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import { accessIn } from '../../shared/reviews/access.ts'
import { nextOutcome } from '../../shared/reviews/next-outcome.ts'
import type { Outcome } from '../../shared/reviews/outcome.ts'
import type { StoredOutcome } from '../../shared/storage/outcomes.ts'
import type { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** What a sync publishes. */
interface PublishedReading {
  readonly snapshot: Pick<Snapshot, 'people' | 'lists'>
  /** False if the keys are those of an earlier reading: they prove nothing. */
  readonly areKeysRead: boolean
  readonly syncId: string
  /** When it is published (ISO 8601 UTC). */
  readonly at: string
}

/** Returns how a reading changes an outcome: undefined if it does not. */
export function outcomesBy({ snapshot, areKeysRead, syncId, at }: PublishedReading) {
  const accessOf = accessIn({ people: snapshot.people, keys: areKeysRead ? snapshot.lists.keys : null, at })
  return (outcome: Outcome) => nextOutcome(outcome, accessOf(outcome.subject), { syncId, at })
}

/**
 * Stores what the published reading says about the removals that reviews decided. `outcomes` are those of the integration.
 *
 * While writes of an earlier run can still arrive, outcomes that stay as they are get a new version too. So what that run found, which is
 * older, fails on its condition.
 */
export async function storeOutcomes(
  run: Run,
  outcomes: readonly StoredOutcome[],
  { published, snapshot }: Pick<Integration, 'published'> & { readonly snapshot: Snapshot },
  dependencies: Pick<SyncDependencies, 'outcomes'>,
): Promise<void> {
  if (published === null) throw new Error('Nothing is published.')
  const { dataSets } = published
  const { syncId, syncedAt: at } = dataSets.directory
  const judge = outcomesBy({ snapshot, areKeysRead: dataSets[keys.id]?.syncId === syncId, syncId, at })
  const areLateWritesPossible = run.integration.lateWritesUntil !== null
  const change = areLateWritesPossible ? (current: Outcome) => judge(current) ?? current : judge
  await dependencies.outcomes.updateOutcomes(outcomes, change, run.checkLease)
}
