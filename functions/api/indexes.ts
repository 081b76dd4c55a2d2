import type { ApiDependencies } from './api-dependencies.ts'
import { SnapshotCache, SUMMARIES } from './data/snapshot-cache.ts'
import { FindingsIndex } from './findings/findings-index.ts'
import { PeopleIndex } from './people/people-index.ts'

/** What the function keeps in memory between calls. */
export interface Indexes {
  readonly snapshots: SnapshotCache
  readonly people: PeopleIndex
  readonly findings: FindingsIndex
}

export function createIndexes(deps: ApiDependencies): Indexes {
  const people = new PeopleIndex(deps, new SnapshotCache(deps, SUMMARIES))
  return { snapshots: new SnapshotCache(deps), people, findings: new FindingsIndex(deps, people) }
}
