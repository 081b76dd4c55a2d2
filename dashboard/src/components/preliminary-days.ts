import { addDays, type Day } from '../../../shared/domain/day.ts'

/** Costs of the last two days are preliminary. The API marks their rows; days without costs have none. */
const PRELIMINARY_DAYS = 2

/** The first preliminary day of costs that were read until a day. */
export function preliminaryFrom(to: Day): Day {
  return addDays(to, 1 - PRELIMINARY_DAYS)
}
