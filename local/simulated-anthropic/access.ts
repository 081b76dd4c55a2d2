import type { IncomingHttpHeaders } from 'node:http'
import { ApiError } from '../simulation/api-error.ts'
import { ownSecret } from '../simulation/secrets.ts'
import type { Switches } from './switches.ts'

/** What a key may read. Every Admin key may read the rest. */
export type Scope = 'read:members' | 'read:analytics'

/** The documentation's version, and that of the official SDK. */
const VERSIONS = ['2023-06-01', '2026-10-21']

/** The kinds of keys that the simulated organization knows. */
export interface SimulatedKeys {
  /** May read everything. */
  readonly admin: string
  /** May read everything too. It replaces `admin` when that is revoked. */
  readonly nextAdmin: string
  /** May read everything of another organization. */
  readonly otherOrganization: string
  readonly withoutAnalytics: string
  readonly withoutMembers: string
  /** A workspace's key, without access to the organization. */
  readonly workspace: string
  readonly revoked: string
  readonly expired: string
}

/** The organization's keys, derived from its seed. */
export function keysOf(seed: string): SimulatedKeys {
  const admin = (kind: string) => `sk-ant-admin01-${ownSecret(seed, `anthropic ${kind}`)}`
  return {
    admin: admin('admin'),
    nextAdmin: admin('nextAdmin'),
    otherOrganization: admin('otherOrganization'),
    withoutAnalytics: admin('withoutAnalytics'),
    withoutMembers: admin('withoutMembers'),
    workspace: `sk-ant-api03-${ownSecret(seed, 'anthropic workspace')}`,
    revoked: admin('revoked'),
    expired: admin('expired'),
  }
}

/** Accepts a request, or throws Anthropic's answer. */
export function authorize(
  headers: IncomingHttpHeaders,
  scope: Scope | null,
  keys: SimulatedKeys,
  switches: Switches,
): void {
  const key = keyIn(headers)
  if (key === '') throw new ApiError(401, 'x-api-key header is required')
  if (key === keys.workspace) {
    throw new ApiError(switches.workspaceKeyStatus, 'This endpoint requires an Admin API key.')
  }
  const missing = missingScopesOf(key, keys)
  if (missing === undefined || (key === keys.admin && switches.adminKeyRevoked)) {
    throw new ApiError(401, 'invalid x-api-key')
  }
  if (scope !== null && missing.includes(scope)) {
    throw new ApiError(403, `This API key does not have the required scope: ${scope}.`)
  }
  const version = headers['anthropic-version']
  if (typeof version !== 'string' || !VERSIONS.includes(version)) {
    throw new ApiError(400, `anthropic-version: ${version === undefined ? 'header is required' : 'is not a version'}`)
  }
}

/** The key in a request's headers, in either of them. Empty without one. */
export function keyIn({ 'x-api-key': own, authorization }: IncomingHttpHeaders): string {
  if (typeof own === 'string') return own
  return authorization?.startsWith('Bearer ') === true ? authorization.slice('Bearer '.length).trim() : ''
}

function missingScopesOf(key: string, keys: SimulatedKeys): readonly Scope[] | undefined {
  const missing = new Map<string, readonly Scope[]>([
    [keys.admin, []],
    [keys.nextAdmin, []],
    [keys.otherOrganization, []],
    [keys.withoutAnalytics, ['read:analytics']],
    [keys.withoutMembers, ['read:members']],
  ])
  return missing.get(key)
}
