import type { ApiDependencies } from './api-dependencies.ts'
import { SnapshotCache, SUMMARIES } from './data/snapshot-cache.ts'
import { FindingsIndex } from './findings/findings-index.ts'
import { PeopleIndex } from './people/people-index.ts'
import { ReviewCache } from './reviews/review-cache.ts'
import { RosterCache } from './roster/roster-cache.ts'

/** What the function keeps in memory between calls. */
export interface Indexes {
  readonly snapshots: SnapshotCache
  readonly roster: RosterCache
  readonly people: PeopleIndex
  readonly findings: FindingsIndex
  readonly reviews: ReviewCache
}

export function createIndexes(deps: ApiDependencies): Indexes {
  const roster = new RosterCache(deps.roster)
  const people = new PeopleIndex(deps, new SnapshotCache(deps, SUMMARIES), roster)
  return {
    snapshots: new SnapshotCache(deps),
    roster,
    people,
    findings: new FindingsIndex(deps, people),
    reviews: new ReviewCache(deps),
  }
}
