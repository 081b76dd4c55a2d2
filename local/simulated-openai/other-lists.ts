import type { SimulatedKeys } from './access.ts'
import type { SimulatedUser } from './person.ts'
import type { Switches } from './switches.ts'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { unixSecondsOf } from './utc.ts'

const CREATED_AT = Date.UTC(2025, 5, 2, 9)

/** Any object of a list. */
export interface Listed {
  readonly id: string
  readonly [field: string]: unknown
}

/** Invited people. Pending invitations are not members. */
export function invitesAt(now: Date): Listed[] {
  const day = now.getTime() - (now.getTime() % MS_PER_DAY)
  const invite = (name: string, status: 'accepted' | 'expired' | 'pending', daysAgo: number): Listed => ({
    object: 'organization.invite',
    id: `invite-${name}`,
    email: `${name}@northwind.example`,
    role: 'reader',
    status,
    created_at: unixSecondsOf(day - daysAgo * MS_PER_DAY),
    expires_at: unixSecondsOf(day + (7 - daysAgo) * MS_PER_DAY),
    accepted_at: status === 'accepted' ? unixSecondsOf(day - (daysAgo - 1) * MS_PER_DAY) : null,
  })
  return [invite('ingo.newcomer', 'pending', 2), invite('jo.late', 'expired', 30), invite('kim.there', 'accepted', 12)]
}

/** The projects that usage refers to, and an archived one for queries that include it. */
export function projectsFor(query: URLSearchParams): Listed[] {
  const project = (name: string, status: 'active' | 'archived'): Listed => ({
    object: 'organization.project',
    id: `proj_${name.toLowerCase()}`,
    name,
    created_at: unixSecondsOf(CREATED_AT),
    archived_at: status === 'archived' ? unixSecondsOf(CREATED_AT + 100 * MS_PER_DAY) : null,
    status,
  })
  const active = ['Search', 'Support', 'Research'].map((name) => project(name, 'active'))
  return query.get('include_archived') === 'true' ? [...active, project('Prototype', 'archived')] : active
}

/** The valid admin keys, redacted as OpenAI does. */
export function adminKeysOf(
  keys: SimulatedKeys,
  owner: SimulatedUser | undefined,
  now: Date,
  switches: Switches,
): Listed[] {
  const expiresIn = switches.adminKeyExpiresInDays
  const listed = [
    { name: 'Rollcall', key: keys.admin, expiresIn },
    { name: 'Directory only', key: keys.withoutUsage, expiresIn: 90 },
    { name: 'Usage only', key: keys.withoutDirectory, expiresIn: null },
  ]
  return listed.map(({ name, key, expiresIn: days }, index) => ({
    object: 'organization.admin_api_key',
    id: `key_admin_${index + 1}`,
    name,
    redacted_value: `sk-admin...${key.slice(-4)}`,
    created_at: unixSecondsOf(CREATED_AT),
    expires_at: days === null ? null : unixSecondsOf(now.getTime() + days * MS_PER_DAY),
    last_used_at: null,
    owner: { object: 'organization.user', type: 'user', id: owner?.id, name: owner?.name ?? null, role: 'owner' },
  }))
}
