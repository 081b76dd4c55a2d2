import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { formatCount } from '../format/format-number.ts'

/** Labels for license states. The days that they refer to are named by `usedIn` and `noUseIn`. */
export const USE_LABELS: Readonly<Record<NonNullable<WireUser['license']>, string>> = {
  in_use: 'In use',
  unused: 'No use',
  no_data: 'No use data',
}

/** What a seat's use reads in a list about the days from `from` on. A sign-in is not use, so it is named apart. */
export function useInWords({ license, lastLoginOn }: Pick<WireUser, 'license' | 'lastLoginOn'>, from: Day | undefined) {
  if (license === null) return '–'
  const hasSignedIn = lastLoginOn !== null && from !== undefined && lastLoginOn >= from
  return license === 'unused' && hasSignedIn ? 'Signed in only' : USE_LABELS[license]
}

/** `Used in 60 days`. Undefined while the number of days is unknown. */
export function usedIn(days: number | undefined): string {
  return days === undefined ? 'In use' : `Used in ${formatCount(days, 'day')}`
}

/** `No use in 60 days`. Undefined while the number of days is unknown. */
export function noUseIn(days: number | undefined): string {
  return days === undefined ? 'No recent use' : `No use in ${formatCount(days, 'day')}`
}

/** Labels for whether an address is outside the company domains. */
export const OUTSIDE_LABELS = { true: 'Outside your domains', false: 'Not outside' } as const

/** Labels for whether a role counts as owner. */
export const OWNER_LABELS = { true: 'Owners', false: 'Not owners' } as const

/** Labels for account statuses. */
export const STATUS_LABELS: Readonly<Record<WireUser['accountStatus'], string>> = {
  active: 'Active',
  disabled: 'Disabled',
  banned: 'Banned',
  removed: 'Removed',
}

/** Texts for the reasons of a seat. */
export const SEAT_REASONS: Readonly<Record<NonNullable<WireUser['seat']>['reason'], string>> = {
  owner: 'Member, because they are an owner of the organization.',
  scim: 'Member, because your identity provider manages them (SCIM).',
  company_domain: 'Member, because their email is on one of the company’s domains.',
  external_domain: 'Guest, because their email is not on a company domain.',
  default: 'Member, because nothing says otherwise: no email, or no company domain is known.',
}
