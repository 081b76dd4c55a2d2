import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { STATUS_LABELS, USE_LABELS } from '../../components/member-labels.ts'
import { formatCount } from '../../format/format-number.ts'
import { listInWords } from '../../format/list-in-words.ts'

export type WireMembership = WirePerson['memberships'][number]

/** More are only counted. */
const ORGANIZATIONS_NAMED = 2

/** The organizations that somebody is in now: all but those that they were removed from. */
export function currentOf({ memberships }: Pick<WirePerson, 'memberships'>): WireMembership[] {
  return memberships.filter(({ accountStatus }) => accountStatus !== 'removed')
}

/** `Acme Europe, Acme Labs and 3 more` */
export function organizationsInWords(memberships: readonly Pick<WireMembership, 'integrationName'>[]): string {
  const names = memberships.map(({ integrationName }) => integrationName)
  const more = names.length - ORGANIZATIONS_NAMED
  return listInWords(more > 0 ? [...names.slice(0, ORGANIZATIONS_NAMED), `${more} more`] : names)
}

/** At most two lines: each name, or the number of organizations above their names. */
export function organizationLines(memberships: readonly Pick<WireMembership, 'integrationName'>[]): string[] {
  const names = memberships.map(({ integrationName }) => integrationName)
  if (names.length === 0) return ['None any more']
  return names.length > ORGANIZATIONS_NAMED ? [formatCount(names.length, 'organization'), names.join(', ')] : names
}

/** The types of somebody's seats, each once: `Member`, `Member, guest`. Undefined without any seat. */
export function seatsInWords(memberships: readonly Pick<WireMembership, 'seat'>[]): string | undefined {
  const types = new Set(memberships.map(({ seat }) => seat?.type))
  if (types.has('member')) return types.has('guest') ? 'Member, guest' : 'Member'
  return types.has('guest') ? 'Guest' : undefined
}

/** Why somebody has no seat: the statuses of their accounts, such as `Disabled, removed`. */
export function statusesInWords(memberships: readonly Pick<WireMembership, 'accountStatus'>[]): string {
  const statuses = new Set(memberships.map(({ accountStatus }) => STATUS_LABELS[accountStatus]))
  return [...statuses].map((label, place) => (place === 0 ? label : label.toLowerCase())).join(', ')
}

/** The use of all seats: `In use`, `Used 1 of 2`, `No use`. A dash without a seat. */
export function usesInWords(memberships: readonly Pick<WireMembership, 'license'>[]): string {
  const licenses = memberships.flatMap(({ license }) => license ?? [])
  const used = licenses.filter((license) => license === 'in_use').length
  const [first] = licenses
  if (first === undefined) return '–'
  if (licenses.every((license) => license === first)) return USE_LABELS[first]
  return used === 0 ? USE_LABELS.unused : `Used ${used} of ${licenses.length}`
}

/** Of which used organizations the costs are not known: `Without Acme Labs`. Undefined if they are of all. */
export function unknownCostsInWords(
  memberships: readonly Pick<WireMembership, 'integrationName' | 'requests' | 'cost'>[],
): string | undefined {
  const unknown = memberships.filter(({ requests, cost }) => requests > 0 && cost === null)
  return unknown.length === 0 ? undefined : `Without ${organizationsInWords(unknown)}`
}
