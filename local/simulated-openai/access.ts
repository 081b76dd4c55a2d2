import { ApiError } from '../simulation/api-error.ts'
import { ownSecret } from '../simulation/secrets.ts'
import type { Switches } from './switches.ts'

export type Scope = 'api.management.read' | 'api.usage.read' | 'api.audit_logs.read'

/** The kinds of keys that the simulated organization knows. */
export interface SimulatedKeys {
  /** May read everything. */
  readonly admin: string
  /** May read everything too. It replaces `admin` when that is revoked. */
  readonly nextAdmin: string
  /** May read everything of another organization. */
  readonly otherOrganization: string
  readonly withoutUsage: string
  readonly withoutDirectory: string
  /** A project's key, without access to the organization. */
  readonly project: string
  readonly revoked: string
  readonly expired: string
  /** A key of a deactivated account. */
  readonly deactivated: string
}

/** The organization's keys, derived from its seed. */
export function keysOf(seed: string): SimulatedKeys {
  const secret = (kind: string) => ownSecret(seed, kind)
  return {
    admin: `sk-admin-${secret('admin')}`,
    nextAdmin: `sk-admin-${secret('nextAdmin')}`,
    otherOrganization: `sk-admin-${secret('otherOrganization')}`,
    withoutUsage: `sk-admin-${secret('withoutUsage')}`,
    withoutDirectory: `sk-admin-${secret('withoutDirectory')}`,
    project: `sk-proj-${secret('project')}`,
    revoked: `sk-admin-${secret('revoked')}`,
    expired: `sk-admin-${secret('expired')}`,
    deactivated: `sk-admin-${secret('deactivated')}`,
  }
}

/** Accepts a request, or throws the answer that OpenAI is reported to give. */
export function authorize(header: string | undefined, scope: Scope, keys: SimulatedKeys, switches: Switches): void {
  const key = keyIn(header)
  if (key === '') throw new ApiError(401, 'Missing bearer authentication in header.')
  if (key === keys.deactivated) {
    throw new ApiError(401, 'The account associated with this API key has been deactivated.', 'account_deactivated')
  }
  if (key === keys.expired && switches.expiredKeyAs === 'api_key_expired') {
    throw new ApiError(401, 'This API key has expired.', 'api_key_expired')
  }
  const missing = missingScopesOf(key, keys)
  const isRevoked = key === keys.admin && switches.adminKeyRevoked
  if (missing === undefined || isRevoked) throw incorrectKey(key)
  if (missing.includes(scope)) {
    throw new ApiError(
      switches.permissionStatus,
      `You have insufficient permissions for this operation. Missing scopes: ${scope}.`,
    )
  }
}

/** The key in an Authorization header. Empty without one. */
export function keyIn(header: string | undefined): string {
  return header?.startsWith('Bearer ') === true ? header.slice('Bearer '.length).trim() : ''
}

function missingScopesOf(key: string, keys: SimulatedKeys): readonly Scope[] | undefined {
  const missing = new Map<string, readonly Scope[]>([
    [keys.admin, []],
    [keys.nextAdmin, []],
    [keys.otherOrganization, []],
    [keys.withoutUsage, ['api.usage.read']],
    [keys.withoutDirectory, ['api.management.read', 'api.audit_logs.read']],
    [keys.project, ['api.usage.read', 'api.management.read', 'api.audit_logs.read']],
  ])
  return missing.get(key)
}

/** OpenAI repeats a part of the key, so a client that logs the message logs a part of the key. */
function incorrectKey(key: string): ApiError {
  const shown = `${key.slice(0, 12)}${'*'.repeat(12)}${key.slice(-4)}`
  const advice = 'You can find your API key at https://platform.openai.com/account/api-keys.'
  return new ApiError(401, `Incorrect API key provided: ${shown}. ${advice}`, 'invalid_api_key')
}
