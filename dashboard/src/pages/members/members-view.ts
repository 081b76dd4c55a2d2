import type * as z from 'zod'
import { userListQuery } from '../../../../shared/contracts/data-contract.ts'
import { misreadParameters, withoutUndefined } from '../../components/address-view.ts'
import { USUAL_WINDOW_DAYS } from '../../format/day-spans.ts'

/** The parameters that no part of the page sets. */
const NOT_IN_VIEW = { excludeRole: true, format: true, limit: true, cursor: true } as const

/** The filters and order of the members page, in the API's format. */
export type MembersView = Omit<z.input<typeof userListQuery>, keyof typeof NOT_IN_VIEW>

export type MembersSort = NonNullable<MembersView['sort']>

/** A named view. */
export type NamedView = 'all' | 'idle' | 'newest' | 'removed'

/** The view of invited people, who are not members. It has no filters. */
export const INVITED = 'invited'
/** The address parameters of that view. */
export const INVITED_SEARCH = new URLSearchParams({ view: INVITED }).toString()

/** True for the address of the invited people. */
export function isInvitedView(search: URLSearchParams): boolean {
  return search.get('view') === INVITED
}

/**
 * The parameters that the named views set. Search and other filters are kept. No recent use refers to the whole window.
 */
function viewOf(name: NamedView, windowDays: number): MembersView {
  const views: Readonly<Record<NamedView, MembersView>> = {
    all: {},
    idle: { idleDays: String(windowDays), sort: 'lastActiveOn' },
    newest: { sort: '-addedAt' },
    removed: { accountStatus: 'removed', sort: '-removedAt' },
  }
  return views[name]
}

const FIELDS = userListQuery.omit(NOT_IN_VIEW).shape

/** The view in an address. Values that the API would reject are left out. */
export function readMembersView(search: URLSearchParams): MembersView {
  const text = (name: keyof typeof FIELDS) => search.get(name) ?? undefined
  const { q, role, owner, seat, license, accountStatus, kind, idleDays, sort } = FIELDS
  const only = role.safeParse(text('role')).data
  return withoutUndefined({
    q: q.safeParse(text('q')).data,
    role: only,
    // One field selects both, so a selected role takes precedence.
    owner: only === undefined ? owner.safeParse(text('owner')).data : undefined,
    seat: seat.safeParse(text('seat')).data,
    license: license.safeParse(text('license')).data,
    accountStatus: search.has('accountStatus') ? accountStatus.safeParse(text('accountStatus')).data : undefined,
    kind: search.has('kind') ? kind.safeParse(text('kind')).data : undefined,
    idleDays: idleDays.safeParse(text('idleDays')).data?.toString(),
    sort: search.has('sort') ? sort.safeParse(text('sort')).data : undefined,
  })
}

/** The parameters of an address that the view ignores, as written. Empty ones are not included. */
export function misreadMembersParameters(search: URLSearchParams): string[] {
  const view = readMembersView(search)
  // A selected role takes precedence over `owner`, which was understood.
  return misreadParameters(search, view.role === undefined ? view : { ...view, owner: 'true' })
}

/** The view with another name, whose filters and order replace the old view's. */
export function renameView(view: MembersView, name: NamedView, windowDays = USUAL_WINDOW_DAYS): MembersView {
  const { accountStatus: _status, idleDays: _days, sort: _sort, ...kept } = view
  return { ...kept, ...viewOf(name, windowDays) }
}

/** The named view that this view corresponds to, regardless of other filters. */
export function nameOfView({ accountStatus, idleDays, sort }: MembersView): NamedView {
  if (accountStatus === 'removed') return 'removed'
  if (idleDays !== undefined) return 'idle'
  return sort === '-addedAt' ? 'newest' : 'all'
}

/** True when a filter narrows the list beyond the named view. */
export function isFiltered({ q, role, owner, seat, license, kind, accountStatus }: MembersView): boolean {
  return (
    [q, role, owner, seat, license, kind].some((value) => value !== undefined) ||
    (accountStatus !== undefined && accountStatus !== 'removed')
  )
}
