import type { WireUser } from '../../../shared/contracts/data-contract.ts'

/** The licence statuses, in words. */
export const LICENSE_LABELS: Readonly<Record<NonNullable<WireUser['license']>, string>> = {
  in_use: 'In use',
  unused: 'Unused',
  no_data: 'No data',
}

/** The account statuses, in words. */
export const STATUS_LABELS: Readonly<Record<WireUser['accountStatus'], string>> = {
  active: 'Active',
  disabled: 'Disabled',
  banned: 'Banned',
  removed: 'Removed',
}
