import { addDays, type Day } from '../../domain/day.ts'

/** Costs lag up to a day, so those of the last two days that were read are not complete yet. */
const PRELIMINARY_DAYS = 2

/** The first day of which costs that were read until a day are preliminary. */
export function preliminaryFrom(to: Day): Day {
  return addDays(to, 1 - PRELIMINARY_DAYS)
}
