import type { Day } from '../../domain/day.ts'
import { keys } from '../keys/keys.ts'
import { DAY_SERIES, type RegisteredSeries } from '../registry.ts'
import type { SnapshotPerson } from './directory-person.ts'

type SeriesOfUse = Exclude<RegisteredSeries, { readonly activity: null }>

/** The data sets that show use, in addition to the directory. */
export const ACTIVITY_DATA_SETS = DAY_SERIES.filter((series): series is SeriesOfUse => series.activity !== null).map(
  ({ id }) => id,
)

/** All data sets whose reading shows use. A source of use that was not read is no evidence of idleness. */
export const SOURCE_DATA_SETS: readonly string[] = [...ACTIVITY_DATA_SETS, keys.id]

/** In order of precedence: on the same day, the first one is named. */
export const ACTIVITY_SOURCES = [...ACTIVITY_DATA_SETS, 'api_key'] as const
export type ActivitySource = (typeof ACTIVITY_SOURCES)[number]

export type ActivitySeries = (typeof ACTIVITY_DATA_SETS)[number]

/** The latest known activity of a person. */
export interface LastActivity {
  readonly on: Day
  readonly source: ActivitySource
}

/**
 * The latest day with use in a series, or on which an API key was used: as the directory says, or the keys do. `keyUses` has the
 * last day by user id, and `lastDayIn` tells that of the person in a series.
 */
export function lastActivityOf(
  { userId, apiKeyLastUsedAt }: Pick<SnapshotPerson, 'userId' | 'apiKeyLastUsedAt'>,
  keyUses: ReadonlyMap<string, Day>,
  lastDayIn: (series: ActivitySeries) => Day | null,
): LastActivity | null {
  const keyUse = laterOf(apiKeyLastUsedAt?.slice(0, 10) ?? null, keyUses.get(userId) ?? null)
  let last: LastActivity | null = null
  for (const source of ACTIVITY_SOURCES) {
    const on = source === 'api_key' ? keyUse : lastDayIn(source)
    if (on !== null && (last === null || on > last.on)) last = { on, source }
  }
  return last
}

function laterOf(left: Day | null, right: Day | null): Day | null {
  if (left === null || right === null) return left ?? right
  return left > right ? left : right
}
