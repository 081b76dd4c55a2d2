import type { Day } from '../../domain/day.ts'
import { NUMBERS_A_ROW } from './usage-columns.ts'
import type { UsageTable } from './usage-table.ts'

/** True when requests are stored on a day that a reading left out: then the reading cannot be whole. */
export function leavesOutKnownRequests(stored: UsageTable, daysLeftOut: readonly Day[]): boolean {
  if (daysLeftOut.length === 0) return false
  const places = new Set(daysLeftOut.map((day) => stored.days.indexOf(day)))
  const { day, numbers } = stored.columns
  // The first number of a row is its requests.
  return day.some((place, row) => places.has(place) && (numbers[row * NUMBERS_A_ROW] ?? 0) > 0)
}
