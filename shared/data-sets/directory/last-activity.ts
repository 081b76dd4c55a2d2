import type { Day } from '../../domain/day.ts'

export const ACTIVITY_SOURCES = ['usage', 'api_key'] as const
export type ActivitySource = (typeof ACTIVITY_SOURCES)[number]

/** The data sets that show activity, in addition to the directory. */
export const ACTIVITY_DATA_SETS = ['usage'] as const

/** The latest known activity of a person. */
export interface LastActivity {
  readonly on: Day
  readonly source: ActivitySource
}

/** The later of the last day with usage and the day an API key was last used. On the same day, usage takes precedence. */
export function lastActivityOf(evidence: {
  readonly apiKeyLastUsedAt: string | null
  readonly lastUsageDay: Day | null
}): LastActivity | null {
  const keyDay = evidence.apiKeyLastUsedAt?.slice(0, 10) ?? null
  const { lastUsageDay } = evidence
  if (lastUsageDay !== null && (keyDay === null || lastUsageDay >= keyDay)) {
    return { on: lastUsageDay, source: 'usage' }
  }
  return keyDay === null ? null : { on: keyDay, source: 'api_key' }
}
