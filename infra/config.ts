import { DEFAULT_WINDOW_DAYS } from '../shared/domain/window.ts'
import type { Schedule } from '../shared/ports/schedules.ts'

/** What a deployer edits. */
export const config = {
  /** By name; integrations use the default one unless they name another. */
  schedules: [
    { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true },
  ] satisfies readonly Schedule[],
  /** How many UTC days of usage each sync reads, 1–365. */
  windowDays: DEFAULT_WINDOW_DAYS,
  /** How long removed people are kept, in days. */
  keepRemovedDays: 60,
  /** How long a sync run holds its slot; longer than it may take. */
  syncLeaseMs: 15 * 60_000,
} as const
