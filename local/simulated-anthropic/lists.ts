import * as z from 'zod'
import { ApiError } from '../simulation/api-error.ts'
import { addressWithKey, withKeyIn } from '../simulation/key-like-names.ts'
import { type ListPage, pageAfter } from '../simulation/list-pages.ts'
import { statusOf, type SimulatedKey } from './api-keys.ts'
import { enterpriseRole, type SimulatedMember } from './member.ts'
import { flagSchema, limitSchema, parametersOf } from './query.ts'
import type { AnthropicAsked } from './routes.ts'
import type { Switches } from './switches.ts'
import { WORKSPACES } from './workspaces.ts'

const EVERY_NTH_LACKS_SOMETHING = 8

const pageFields = {
  limit: limitSchema,
  after_id: z.string().min(1).optional(),
  before_id: z.string().min(1).optional(),
}
const usersSchema = z.strictObject({
  ...pageFields,
  email: z.string().optional(),
  'roles[]': z.array(z.string()).optional(),
})
const invitesSchema = z.strictObject({
  ...pageFields,
  email: z.string().optional(),
  'roles[]': z.array(z.string()).optional(),
  'statuses[]': z.array(z.enum(['accepted', 'expired', 'pending'])).optional(),
})
const keysSchema = z.strictObject({
  ...pageFields,
  created_by_user_id: z.string().optional(),
  status: z.enum(['active', 'archived', 'expired', 'inactive']).optional(),
  workspace_id: z.string().optional(),
})
const workspacesSchema = z.strictObject({
  ...pageFields,
  include_archived: flagSchema,
  include_default: flagSchema,
})

/** An object of a list. */
interface Listed {
  readonly id: string
  readonly [field: string]: unknown
}

export function usersPage({ query, company, switches, now }: AnthropicAsked): ListPage<Listed> {
  const asked = parametersOf(query, usersSchema)
  const secret = company.keysAt(now)[0]?.secret
  const users = (switches.emptyListing ? [] : company.usersAt(now)).map((user, index) => ({
    ...user,
    name: withKeyIn(user.name, secret, index, switches),
    email: isNth(index) && switches.nullEmails ? null : user.email,
    role: roleAs(user, switches),
  }))
  const wanted = users.filter(
    ({ email, role }) => isSameAddress(asked.email, email) && (asked['roles[]']?.includes(role) ?? true),
  )
  return listPage(asked, wanted, switches)
}

/** Invited people of all states. Deleted invites are only listed when a switch says so. */
export function invitesPage({ query, company, keys, switches, now }: AnthropicAsked): ListPage<Listed> {
  const asked = parametersOf(query, invitesSchema)
  const invites = company
    .invitesAt(now)
    .filter(({ status }) => status !== 'deleted' || switches.deletedInvitesListed)
    .map((invite) => ({ ...invite, email: addressWithKey(invite.email, keys.admin, switches) }))
  const wanted = invites.filter(
    ({ email, role, status }) =>
      isSameAddress(asked.email, email) &&
      (asked['roles[]']?.includes(role) ?? true) &&
      (asked['statuses[]']?.some((each) => each === status) ?? true),
  )
  return listPage(asked, wanted, switches)
}

export function apiKeysPage({ query, company, switches, now }: AnthropicAsked): ListPage<Listed> {
  const asked = parametersOf(query, keysSchema)
  const keys = company.keysAt(now).map((key, index) => shownKey(key, index, now, switches))
  const wanted = keys.filter(
    ({ status, scope, created_by: creator }) =>
      (asked.status ?? status) === status &&
      (asked.workspace_id === undefined || (scope.type === 'workspace' && scope.workspace_id === asked.workspace_id)) &&
      (asked.created_by_user_id === undefined || asked.created_by_user_id === creator?.id),
  )
  return listPage(asked, wanted, switches)
}

export function workspacesPage({ query, company, switches, now }: AnthropicAsked): ListPage<Listed> {
  const asked = parametersOf(query, workspacesSchema)
  const secret = company.keysAt(now)[0]?.secret
  const workspaces = WORKSPACES.filter(
    ({ isDefault, archived_at: archivedAt }) =>
      (asked.include_default || !isDefault) && (asked.include_archived || archivedAt === null),
  ).map(({ id, name, archived_at }, index) => ({
    type: 'workspace',
    id,
    name: withKeyIn(name, secret, index, switches),
    created_at: '2025-09-01T08:00:00Z',
    archived_at,
    display_color: '#6C5BB9',
    compartment_id: `cmpt_${id.slice('wrkspc_'.length)}`,
    external_key_id: null,
    data_residency: { allowed_inference_geos: 'unrestricted', default_inference_geo: 'global', workspace_geo: 'us' },
    tags: {},
  }))
  return listPage(asked, workspaces, switches)
}

function shownKey(key: SimulatedKey, index: number, now: Date, switches: Switches) {
  const { id, name, secret, created_at, expires_at, created_by, principal, scope } = key
  const hint = switches.unmaskedKeys ? secret : `${secret.slice(0, 17)}...${secret.slice(-4)}`
  return {
    type: 'api_key',
    id,
    name: withKeyIn(name, secret, index, switches),
    // Keys of the first years have no hint.
    partial_key_hint: switches.keysWithoutHint || isNth(index) ? null : hint,
    created_at,
    expires_at,
    status: statusOf(key, now),
    created_by: switches.keysWithoutOwner ? null : created_by,
    principal: switches.keysWithoutOwner ? null : principal,
    scope,
  }
}

/** The page after an id, or before one. */
function listPage<Item extends Listed>(
  asked: { readonly limit: number; readonly after_id?: string | undefined; readonly before_id?: string | undefined },
  items: readonly Item[],
  switches: Switches,
): ListPage<Item> {
  const { limit, after_id: after, before_id: before } = asked
  if (after !== undefined && before !== undefined) {
    throw new ApiError(400, 'after_id and before_id cannot be combined')
  }
  if (before === undefined) return pageAfter(items, { limit, after: after ?? null }, switches)
  const page = pageAfter(items.toReversed(), { limit, after: before }, switches)
  return { ...page, data: page.data.toReversed(), first_id: page.last_id, last_id: page.first_id }
}

function roleAs({ role }: SimulatedMember, { organizationKind }: Switches): string {
  return organizationKind === 'enterprise' ? enterpriseRole(role) : role
}

function isSameAddress(asked: string | undefined, email: string | null): boolean {
  return asked === undefined || asked.toLowerCase() === email?.toLowerCase()
}

function isNth(index: number): boolean {
  return index % EVERY_NTH_LACKS_SOMETHING === EVERY_NTH_LACKS_SOMETHING - 1
}
