import { addDays } from '../../domain/day.ts'
import { type DirectoryUser, UserDerivation } from './directory-user.ts'
import type { DirectoryRules } from './directory-rules.ts'
import type { IntegrationCounts } from '../../integrations/integration.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Window } from '../../domain/window.ts'

/** An organization's people, seats and licenses in figures. Service accounts count in none but their own. */
export interface Licenses {
  readonly people: { readonly active: number; readonly disabled: number; readonly banned: number }
  readonly serviceAccounts: number
  readonly seats: { readonly member: number; readonly guest: number }
  readonly licenses: { readonly inUse: number; readonly unused: number; readonly noData: number }
  /** Of active people, most first. */
  readonly roles: readonly { readonly role: string | null; readonly people: number }[]
  /** People with a seat who were seen on the window's last day, in its last 7 and its last 30 days. */
  readonly activePeople: { readonly today: number; readonly last7Days: number; readonly last30Days: number }
}

/** The figures of a sync's users. "Today" is the window's last day: the clock alone changes nothing. */
export function licensesOf(users: readonly DirectoryUser[], window: Window): Licenses {
  const people = users.filter((user) => user.kind === 'person')
  const withStatus = (status: DirectoryUser['accountStatus']) =>
    people.filter((user) => user.accountStatus === status).length
  const { members, guests, inUse, unused, noData } = countsOf(users)
  return {
    people: { active: withStatus('active'), disabled: withStatus('disabled'), banned: withStatus('banned') },
    serviceAccounts: users.filter((user) => user.kind === 'service_account' && user.removedAt === null).length,
    seats: { member: members, guest: guests },
    licenses: { inUse, unused, noData },
    roles: rolesOf(people.filter((user) => user.accountStatus === 'active')),
    activePeople: {
      today: seenInLast(1, people, window),
      last7Days: seenInLast(7, people, window),
      last30Days: seenInLast(30, people, window),
    },
  }
}

/** Seats and licenses in a snapshot, as company domains make them. */
export function countSeats(
  snapshot: Snapshot,
  companyDomains: readonly string[],
  rules: DirectoryRules,
): IntegrationCounts {
  return countsOf(new UserDerivation(snapshot, companyDomains, rules).entitlements)
}

type Holder = Pick<DirectoryUser, 'seat' | 'license'>

function countsOf(users: readonly Holder[]): IntegrationCounts {
  const count = (matches: (user: Holder) => boolean) => users.filter(matches).length
  return {
    members: count((user) => user.seat?.type === 'member'),
    guests: count((user) => user.seat?.type === 'guest'),
    inUse: count((user) => user.license === 'in_use'),
    unused: count((user) => user.license === 'unused'),
    noData: count((user) => user.license === 'no_data'),
  }
}

function rolesOf(active: readonly DirectoryUser[]): Licenses['roles'] {
  return [...Map.groupBy(active, (user) => user.role)]
    .map(([role, users]) => ({ role, people: users.length }))
    .toSorted((left, right) => right.people - left.people || ((left.role ?? '') < (right.role ?? '') ? -1 : 1))
}

function seenInLast(days: number, people: readonly DirectoryUser[], window: Window): number {
  const first = addDays(window.to, 1 - days)
  return people.filter((user) => user.seat !== null && user.lastActiveOn !== null && user.lastActiveOn >= first).length
}
