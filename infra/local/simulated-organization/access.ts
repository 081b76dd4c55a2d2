import { chance } from './random.ts'
import { ApiError } from './api-error.ts'
import type { Switches } from './switches.ts'

export type Scope = 'api.management.read' | 'api.usage.read'

/** Keys of every kind that the simulated organization knows. */
export interface SimulatedKeys {
  readonly admin: string
  readonly withoutUsage: string
  readonly withoutDirectory: string
  readonly project: string
  readonly revoked: string
  readonly deactivated: string
}

/** The organization's keys, by its seed. */
export function keysOf(seed: string): SimulatedKeys {
  const secret = (kind: string) =>
    Array.from({ length: 4 }, (_, part) => chance(seed, kind, part).toString(36).slice(2, 12)).join('')
  return {
    admin: `sk-admin-${secret('admin')}`,
    withoutUsage: `sk-admin-${secret('withoutUsage')}`,
    withoutDirectory: `sk-admin-${secret('withoutDirectory')}`,
    project: `sk-proj-${secret('project')}`,
    revoked: `sk-admin-${secret('revoked')}`,
    deactivated: `sk-admin-${secret('deactivated')}`,
  }
}

/** Lets a request pass, or throws what OpenAI is reported to answer. */
export function authorize(header: string | undefined, scope: Scope, keys: SimulatedKeys, switches: Switches): void {
  const key = header?.startsWith('Bearer ') === true ? header.slice('Bearer '.length) : ''
  if (key === keys.deactivated) {
    throw new ApiError(401, 'The account associated with this key has been deactivated.', 'account_deactivated')
  }
  const lacks: Record<string, readonly Scope[]> = {
    [keys.admin]: [],
    [keys.withoutUsage]: ['api.usage.read'],
    [keys.withoutDirectory]: ['api.management.read'],
    [keys.project]: ['api.usage.read', 'api.management.read'],
  }
  const missing = Object.hasOwn(lacks, key) ? lacks[key] : undefined
  if (missing === undefined) {
    throw new ApiError(401, `Incorrect API key provided: ${key.slice(0, 12)}***${key.slice(-4)}.`, 'invalid_api_key')
  }
  if (missing.includes(scope)) {
    throw new ApiError(
      switches.permissionStatus,
      `You have insufficient permissions for this operation. Missing scopes: ${scope}.`,
    )
  }
}
