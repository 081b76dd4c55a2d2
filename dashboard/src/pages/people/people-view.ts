import type * as z from 'zod'
import { peopleQuery } from '../../../../shared/contracts/people-contract.ts'
import { withoutUndefined } from '../../components/address-view.ts'
import { USUAL_WINDOW_DAYS } from '../../format/day-spans.ts'

/** The parameters that no part of the page sets. */
const NOT_IN_VIEW = { format: true, limit: true, cursor: true } as const

/** The filters and order of the people page, in the API's format. */
export type PeopleView = Omit<z.input<typeof peopleQuery>, keyof typeof NOT_IN_VIEW>

export type PeopleSort = NonNullable<PeopleView['sort']>

/** A named view. */
export type PeopleViewName = 'all' | 'several' | 'idle' | 'removed'

const FIELDS = peopleQuery.omit(NOT_IN_VIEW).shape

/** The view in an address. Values that the API would reject are left out. */
export function readPeopleView(search: URLSearchParams): PeopleView {
  const text = (name: keyof typeof FIELDS) => search.get(name) ?? undefined
  const { q, provider, integrationId, seat, license, outside, owner } = FIELDS
  const { accountStatus, idleDays, minOrganizations, sort } = FIELDS
  return withoutUndefined({
    q: q.safeParse(text('q')).data,
    provider: provider.safeParse(text('provider')).data,
    integrationId: integrationId.safeParse(text('integrationId')).data,
    seat: seat.safeParse(text('seat')).data,
    license: license.safeParse(text('license')).data,
    outside: outside.safeParse(text('outside')).data,
    owner: owner.safeParse(text('owner')).data,
    accountStatus: search.has('accountStatus') ? accountStatus.safeParse(text('accountStatus')).data : undefined,
    idleDays: idleDays.safeParse(text('idleDays')).data?.toString(),
    minOrganizations: minOrganizations.safeParse(text('minOrganizations')).data?.toString(),
    sort: search.has('sort') ? sort.safeParse(text('sort')).data : undefined,
  })
}

/**
 * The view with another name, whose filters and order replace the old view's. Search and other filters are kept. No
 * recent use refers to the whole window.
 */
export function renamePeopleView(view: PeopleView, name: PeopleViewName, windowDays = USUAL_WINDOW_DAYS): PeopleView {
  const { accountStatus: _status, idleDays: _days, minOrganizations: _number, sort: _sort, ...kept } = view
  const named: Readonly<Record<PeopleViewName, PeopleView>> = {
    all: {},
    several: { minOrganizations: '2', sort: '-organizations' },
    idle: { idleDays: String(windowDays), sort: 'lastActiveOn' },
    removed: { accountStatus: 'removed' },
  }
  return { ...kept, ...named[name] }
}

/** The named view that this view corresponds to, regardless of other filters. */
export function nameOfPeopleView({ accountStatus, idleDays, minOrganizations }: PeopleView): PeopleViewName {
  if (accountStatus === 'removed') return 'removed'
  if (idleDays !== undefined) return 'idle'
  return minOrganizations === undefined ? 'all' : 'several'
}

/** True when a filter narrows the list beyond the named view. */
export function isFilteredPeopleView(view: PeopleView): boolean {
  const { q, provider, integrationId, seat, license, outside, owner, accountStatus, idleDays, minOrganizations } = view
  return (
    [q, provider, integrationId, seat, license, outside, owner].some((value) => value !== undefined) ||
    (accountStatus !== undefined && accountStatus !== 'removed') ||
    (idleDays !== undefined && minOrganizations !== undefined)
  )
}
