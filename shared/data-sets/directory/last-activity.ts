import type { Day } from '../../domain/day.ts'
import type { SeriesTables } from '../by-series.ts'
import type { DaySeries } from '../data-set.ts'
import { DAY_SERIES, type SeriesId } from '../registry.ts'
import type { SnapshotPerson } from './directory-person.ts'

/** The data sets that show use, in addition to the directory. */
export const ACTIVITY_DATA_SETS: readonly SeriesId[] = DAY_SERIES.filter(
  ({ activity }: DaySeries) => activity !== null,
).map(({ id }) => id)

/** In order of precedence: on the same day, the first one is named. */
export const ACTIVITY_SOURCES = [...ACTIVITY_DATA_SETS, 'api_key'] as const
export type ActivitySource = (typeof ACTIVITY_SOURCES)[number]

/** The latest known activity of a person. */
export interface LastActivity {
  readonly on: Day
  readonly source: ActivitySource
}

/** The latest day with use in a series, or on which an API key was used. */
export function lastActivityOf(
  { userId, apiKeyLastUsedAt }: Pick<SnapshotPerson, 'userId' | 'apiKeyLastUsedAt'>,
  series: SeriesTables,
): LastActivity | null {
  let last: LastActivity | null = null
  for (const source of ACTIVITY_SOURCES) {
    const on = source === 'api_key' ? (apiKeyLastUsedAt?.slice(0, 10) ?? null) : series[source].lastActiveDayOf(userId)
    if (on !== null && (last === null || on > last.on)) last = { on, source }
  }
  return last
}
