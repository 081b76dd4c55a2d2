import { contactOf, type Holder, joinedAt } from '../simulation/people.ts'
import { chance } from '../simulation/random.ts'
import type { Contact } from './actors.ts'
import { timestampOf } from './timestamp.ts'

/** A member as Anthropic's directory returns it. */
export interface SimulatedMember {
  readonly type: 'user'
  readonly id: string
  readonly email: string | null
  readonly name: string
  /** A role of a Console organization. */
  readonly role: string
  /** RFC 3339. */
  readonly added_at: string
  readonly [field: string]: unknown
}

/** By how many of a hundred have it, beside the admins. */
const ROLES = [
  ['developer', 45],
  ['claude_code_user', 75],
  ['user', 97],
  ['billing', 100],
] as const

/** The roles of Claude Enterprise that stand for those of a Console organization. */
const ENTERPRISE_ROLES: ReadonlyMap<string, string> = new Map([
  ['admin', 'owner'],
  ['billing', 'membership_admin'],
  ['developer', 'managed'],
  ['claude_code_user', 'user'],
])

export function userIdOf({ id }: Holder): string {
  return id.replace(/^user-/, 'user_01')
}

/** A position's holder as a member. */
export function memberOf(seed: string, holder: Holder, isAdmin: boolean): SimulatedMember {
  const { email, name } = contactAt(seed, holder)
  return {
    type: 'user',
    id: userIdOf(holder),
    email,
    name,
    role: isAdmin ? 'admin' : roleOf(seed, holder),
    added_at: timestampOf(joinedAt(seed, holder) * 1000),
  }
}

/** Some signed up with capitals in their address. */
export function contactAt(seed: string, holder: Holder): Omit<Contact, 'isMember'> {
  const { email, name } = contactOf(seed, holder)
  const isCapital = chance(seed, holder.id, 'capitals') < 0.15
  return {
    name,
    email: email !== null && isCapital ? email.replace(/(^|[.@])[a-z]/g, (text) => text.toUpperCase()) : email,
  }
}

export function enterpriseRole(role: string): string {
  return ENTERPRISE_ROLES.get(role) ?? role
}

function roleOf(seed: string, { index }: Holder): string {
  const drawn = chance(seed, index, 'anthropic role') * 100
  return ROLES.find(([, below]) => drawn < below)?.[0] ?? 'user'
}
