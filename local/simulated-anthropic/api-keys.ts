import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { chance, pick } from '../simulation/random.ts'
import { dayNumberOf } from '../simulation/utc.ts'
import { SERVICE_ACCOUNTS } from './actors.ts'
import { WORKSPACES } from './workspaces.ts'
import { timestampOf } from './timestamp.ts'

const SECRET_LENGTH = 60
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_'
const KEY_NAMES = ['Nightly job', 'Notebook', 'Search service', 'Prototype', 'CI', 'Evaluation', 'My key']
const KEYS_PER_WORKSPACE = 6
const FIRST_DAY = dayNumberOf(Date.UTC(2025, 8, 1))
/** Somebody whose account was deleted before any usage that is still reported. */
export const LEFT_LONG_AGO = 'user_01leftlongago'

/** Somebody or something that owns keys. */
export type Principal =
  | { readonly type: 'user_actor'; readonly user_id: string }
  | { readonly type: 'service_account_actor'; readonly service_account_id: string }

/** An API key with its secret, which the API never gives. Times are RFC 3339. */
export interface SimulatedKey {
  readonly id: string
  readonly name: string
  readonly secret: string
  readonly created_at: string
  readonly expires_at: string | null
  /** An active key counts as expired after `expires_at`. */
  readonly status: 'active' | 'inactive' | 'archived'
  readonly created_by: { readonly id: string; readonly type: 'user' | 'service_account' } | null
  /** Whom its usage is attributed to. Null: to the key itself. */
  readonly principal: Principal | null
  readonly scope: { readonly type: 'workspace'; readonly workspace_id: string } | { readonly type: 'organization' }
}

/** The keys of all workspaces. `owners`: people who stay, of whom some have keys. */
export function ownKeys(seed: string, owners: readonly string[]): SimulatedKey[] {
  return WORKSPACES.flatMap(({ id: workspace }) =>
    Array.from({ length: KEYS_PER_WORKSPACE }, (_, index) => keyOf(seed, workspace, index, owners)),
  )
}

/** A secret that looks like one, and is the same each time. */
export function secretOf(seed: string): string {
  const letters = Array.from({ length: SECRET_LENGTH }, (_, at) =>
    LETTERS.charAt(Math.floor(chance(seed, 'secret', at) * LETTERS.length)),
  )
  return `sk-ant-api03-${letters.join('')}`
}

/** Its status as of now. */
export function statusOf({ status, expires_at: expiresAt }: SimulatedKey, now: Date): string {
  return status === 'active' && expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? 'expired' : status
}

function keyOf(seed: string, workspace: string, index: number, owners: readonly string[]): SimulatedKey {
  const of = (what: string) => chance(seed, workspace, index, what)
  const createdOn = FIRST_DAY + Math.floor(of('created') * 400)
  const principal = principalOf(seed, workspace, index, owners)
  const isOfOrganization = principal !== null && of('scope') < 0.2
  const creator = principal?.type === 'user_actor' ? principal.user_id : owners[0]
  const isRecorded = creator !== undefined && of('creator') < 0.6
  return {
    id: `apikey_01${workspace.slice('wrkspc_01'.length)}${index + 1}`,
    name: pick(KEY_NAMES, seed, workspace, index),
    secret: secretOf(`${seed} ${workspace} ${index}`),
    created_at: morningOf(createdOn),
    expires_at: of('expires') < 0.4 ? morningOf(createdOn + 365) : null,
    status: statusBy(of('status')),
    created_by: isRecorded ? { id: creator, type: 'user' } : null,
    principal,
    scope: isOfOrganization ? { type: 'organization' } : { type: 'workspace', workspace_id: workspace },
  }
}

function statusBy(drawn: number): SimulatedKey['status'] {
  if (drawn < 0.7) return 'active'
  return drawn < 0.85 ? 'inactive' : 'archived'
}

/** In each workspace one key is of a service account, one of nobody, and one of somebody who left; the others are people's. */
function principalOf(
  seed: string,
  workspace: string,
  index: number,
  owners: readonly string[],
): SimulatedKey['principal'] {
  if (index === 2 || owners.length === 0) return null
  if (index === 1) {
    return { type: 'service_account_actor', service_account_id: pick(SERVICE_ACCOUNTS, seed, workspace, index) }
  }
  return { type: 'user_actor', user_id: index === 4 ? LEFT_LONG_AGO : pick(owners, seed, workspace, index, 'owner') }
}

/** Half past nine on a day. */
function morningOf(day: number): string {
  return timestampOf(day * MS_PER_DAY + 9.5 * 3_600_000)
}
