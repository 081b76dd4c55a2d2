import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import { formatCount } from '../format/format-number.ts'

/** Whether somebody uses the API, in words. Which days that is about stands beside them: `usedIn`, `noUseIn`. */
export const USE_LABELS: Readonly<Record<NonNullable<WireUser['license']>, string>> = {
  in_use: 'In use',
  unused: 'No use',
  no_data: 'No use data',
}

/** `Used in 60 days`. Undefined while it is not known how many days the data spans. */
export function usedIn(days: number | undefined): string {
  return days === undefined ? 'In use' : `Used in ${formatCount(days, 'day')}`
}

/** `No use in 60 days`. Undefined while it is not known how many days the data spans. */
export function noUseIn(days: number | undefined): string {
  return days === undefined ? 'No recent use' : `No use in ${formatCount(days, 'day')}`
}

/** The account statuses, in words. */
export const STATUS_LABELS: Readonly<Record<WireUser['accountStatus'], string>> = {
  active: 'Active',
  disabled: 'Disabled',
  banned: 'Banned',
  removed: 'Removed',
}
