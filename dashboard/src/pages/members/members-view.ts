import type * as z from 'zod'
import { userListQuery } from '../../../../shared/contracts/data-contract.ts'
import { USUAL_WINDOW_DAYS } from '../../format/day-spans.ts'

/** What the members page shows: filters and order, exactly as the API takes them. */
export type MembersView = Omit<z.input<typeof userListQuery>, 'format' | 'limit' | 'cursor'>

export type MembersSort = NonNullable<MembersView['sort']>

/** A view people ask for by name. */
export type NamedView = 'all' | 'idle' | 'newest' | 'left'

/** What the named views set. Search and the other filters stay as they are. Without recent use means in the whole window. */
function viewOf(name: NamedView, windowDays: number): MembersView {
  const views: Readonly<Record<NamedView, MembersView>> = {
    all: {},
    idle: { idleDays: String(windowDays), sort: 'lastActiveOn' },
    newest: { sort: '-addedAt' },
    left: { accountStatus: 'removed', sort: '-removedAt' },
  }
  return views[name]
}

const FIELDS = userListQuery.omit({ format: true, limit: true, cursor: true }).shape

/** The view an address asks for. What the API would refuse is left out. */
export function readMembersView(search: URLSearchParams): MembersView {
  const text = (name: keyof typeof FIELDS) => search.get(name) ?? undefined
  const { q, role, excludeRole, seat, license, accountStatus, kind, idleDays, sort } = FIELDS
  const only = role.safeParse(text('role')).data
  return withoutUndefined({
    q: q.safeParse(text('q')).data,
    role: only,
    // One field chooses both: who asks for a role has left the others out.
    excludeRole: only === undefined ? excludeRole.safeParse(text('excludeRole')).data : undefined,
    seat: seat.safeParse(text('seat')).data,
    license: license.safeParse(text('license')).data,
    accountStatus: search.has('accountStatus') ? accountStatus.safeParse(text('accountStatus')).data : undefined,
    kind: search.has('kind') ? kind.safeParse(text('kind')).data : undefined,
    idleDays: idleDays.safeParse(text('idleDays')).data?.toString(),
    sort: search.has('sort') ? sort.safeParse(text('sort')).data : undefined,
  })
}

/** The parameters of an address that the view could not take, as they stand there. Empty ones ask for nothing. */
export function misreadParameters(search: URLSearchParams): string[] {
  const view: Readonly<Record<string, string | undefined>> = readMembersView(search)
  return [...search]
    .filter(([name, value]) => value.trim() !== '' && view[name] === undefined)
    .filter(([name]) => !(name === 'excludeRole' && view['role'] !== undefined))
    .map(([name, value]) => `${name}=${value}`)
}

/** The address's parameters for a view. */
export function writeMembersView(view: MembersView): URLSearchParams {
  return new URLSearchParams(Object.entries(withoutUndefined(view)))
}

/** The view with another name: its own filters and order come in place of the old view's. */
export function renameView(view: MembersView, name: NamedView, windowDays = USUAL_WINDOW_DAYS): MembersView {
  const { accountStatus: _status, idleDays: _days, sort: _sort, ...kept } = view
  return { ...kept, ...viewOf(name, windowDays) }
}

/** Which named view this is, whatever else it filters by. */
export function nameOfView({ accountStatus, idleDays, sort }: MembersView): NamedView {
  if (accountStatus === 'removed') return 'left'
  if (idleDays !== undefined) return 'idle'
  return sort === '-addedAt' ? 'newest' : 'all'
}

/** True when something narrows the list down beyond the named view. */
export function isFiltered({ q, role, excludeRole, seat, license, kind, accountStatus }: MembersView): boolean {
  return (
    [q, role, excludeRole, seat, license, kind].some((value) => value !== undefined) ||
    (accountStatus !== undefined && accountStatus !== 'removed')
  )
}

function withoutUndefined<Fields extends Record<string, string | undefined>>(fields: Fields) {
  const kept: { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } = {}
  for (const name in fields) {
    const value = fields[name]
    if (isDefined(value)) kept[name] = value
  }
  return kept
}

function isDefined<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined
}
