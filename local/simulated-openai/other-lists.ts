import type { SimulatedKeys } from './access.ts'
import { ApiError } from '../simulation/api-error.ts'
import { addressWithKey, withKeyIn } from '../simulation/key-like-names.ts'
import type { SimulatedKey, SimulatedProject } from './project-keys.ts'
import type { SimulatedUser } from './person.ts'
import type { Switches } from './switches.ts'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { unixSecondsOf } from '../simulation/utc.ts'

const CREATED_AT = Date.UTC(2025, 5, 2, 9)

/** Any object of a list. */
export interface Listed {
  readonly id: string
  readonly [field: string]: unknown
}

/** Invited people. Pending invitations are not members. */
export function invitesAt(now: Date, keys: SimulatedKeys, switches: Switches): Listed[] {
  const day = now.getTime() - (now.getTime() % MS_PER_DAY)
  const invite = (name: string, status: 'accepted' | 'expired' | 'pending', daysAgo: number): Listed => ({
    object: 'organization.invite',
    id: `invite-${name}`,
    email: addressWithKey(`${name}@northwind.example`, keys.admin, switches),
    role: 'reader',
    status,
    created_at: unixSecondsOf(day - daysAgo * MS_PER_DAY),
    expires_at: unixSecondsOf(day + (7 - daysAgo) * MS_PER_DAY),
    accepted_at: status === 'accepted' ? unixSecondsOf(day - (daysAgo - 1) * MS_PER_DAY) : null,
  })
  return [invite('ingo.newcomer', 'pending', 2), invite('jo.late', 'expired', 30), invite('kim.there', 'accepted', 12)]
}

/** The projects. Archived ones only for queries that include them. */
export function projectsFor(
  query: URLSearchParams,
  projects: readonly SimulatedProject[],
  switches: Switches,
): Listed[] {
  const includesArchived = query.get('include_archived') === 'true' || switches.archivedProjectsListed
  return projects
    .filter(({ isArchived }) => includesArchived || !isArchived)
    .map(({ id, name, isArchived, keys }, index) => ({
      object: 'organization.project',
      id,
      name: withKeyIn(name, keys[0]?.secret, index, switches),
      created_at: unixSecondsOf(CREATED_AT),
      archived_at: isArchived ? unixSecondsOf(CREATED_AT + 100 * MS_PER_DAY) : null,
      status: isArchived ? 'archived' : 'active',
    }))
}

/** The keys of a project, redacted as OpenAI does. Throws `ApiError` for an unknown, archived or failing project. */
export function projectKeysFor(
  query: URLSearchParams,
  id: string,
  projects: readonly SimulatedProject[],
  switches: Switches,
): Listed[] {
  const project = projects.find((each) => each.id === id)
  const failing = new Map(Object.entries(switches.failingProjects)).get(id)
  if (failing !== undefined) throw new ApiError(failing, `Project ${id} could not be read.`)
  if (project === undefined) throw new ApiError(404, `No project found with id '${id}'.`)
  if (project.isArchived) throw new ApiError(400, `Project '${id}' is archived.`)
  const showsAll = query.get('owner_project_access') === 'any'
  return project.keys
    .filter(({ hasAccess }) => showsAll || hasAccess)
    .map((key, index) => projectKeyOf(key, index, switches))
}

function projectKeyOf(key: SimulatedKey, index: number, switches: Switches): Listed {
  const owner = switches.keysWithoutOwner ? null : key.owner
  return {
    object: 'organization.project.api_key',
    id: key.id,
    name: withKeyIn(key.name, key.secret, index, switches),
    redacted_value: redacted(key.secret, switches),
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
    expires_at: key.expiresAt,
    owner_project_access: key.hasAccess ? 'active' : 'inactive',
    owner: owner && {
      type: owner.type,
      [owner.type]: {
        object: `organization.${owner.type}`,
        id: owner.id,
        name: withKeyIn(owner.name, key.secret, index + 1, switches),
        // What is undefined is left out of JSON.
        email: owner.email && addressWithKey(owner.email, key.secret, switches),
        created_at: key.createdAt,
      },
    },
  }
}

/** OpenAI shows more of a key than its end. */
function redacted(secret: string, switches: Switches): string {
  return switches.unmaskedKeys ? secret : `${secret.slice(0, 12)}${'*'.repeat(12)}${secret.slice(-4)}`
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
    name: withKeyIn(name, key, index, switches),
    redacted_value: switches.unmaskedKeys ? key : `sk-admin...${key.slice(-4)}`,
    created_at: unixSecondsOf(CREATED_AT),
    expires_at: days === null ? null : unixSecondsOf(now.getTime() + days * MS_PER_DAY),
    owner: { object: 'organization.user', type: 'user', id: owner?.id, name: owner?.name ?? null, role: 'owner' },
  }))
}
