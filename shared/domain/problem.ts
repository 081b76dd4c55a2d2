/** Why a provider could not be read. Each provider has its own texts: `Provider.advice`. */
export const PROVIDER_PROBLEM_CODES = [
  'invalid_admin_key',
  'not_an_admin_key',
  'insufficient_permissions',
  'account_deactivated',
  'provider_unreachable',
  'provider_rate_limited',
  'unexpected_reply',
  'timed_out',
  'data_set_unavailable',
] as const

export type ProviderProblemCode = (typeof PROVIDER_PROBLEM_CODES)[number]

/** The problems for which a provider has a text. `admin_key_missing`: the key store has no key, because it was deleted there or the table was restored. */
export type AdvisedProblemCode = ProviderProblemCode | 'admin_key_missing'

/** Why a sync failed. */
export const SYNC_PROBLEM_CODES = [
  ...PROVIDER_PROBLEM_CODES,
  'admin_key_missing',
  'different_organization',
  'organization_already_connected',
  'implausible_listing',
  'interrupted',
  'internal_error',
  'partly_read',
] as const

/** `partly_read` is said of a data set that was read, except for parts of it, which are shown as an earlier sync read them. */
export type SyncProblemCode = (typeof SYNC_PROBLEM_CODES)[number]

/** Why a sync failed. `problemDetail` says it in words when it is read. */
export interface SyncProblem {
  readonly code: SyncProblemCode
  /** The data set that is the cause. Null when no particular one is. */
  readonly dataSet: string | null
  /** Of `organization_already_connected`: the name of the integration that has the organization. */
  readonly connectedAs: string | null
}

export function syncProblem(code: SyncProblemCode, about: Partial<Omit<SyncProblem, 'code'>> = {}): SyncProblem {
  return { code, dataSet: null, connectedAs: null, ...about }
}

/** True for causes that only a person can fix: they make an integration `action_required`. */
export function needsAction(code: SyncProblemCode): boolean {
  return (
    code === 'invalid_admin_key' ||
    code === 'not_an_admin_key' ||
    code === 'insufficient_permissions' ||
    code === 'account_deactivated' ||
    code === 'data_set_unavailable' ||
    code === 'admin_key_missing' ||
    code === 'different_organization' ||
    code === 'organization_already_connected'
  )
}

/** Shown when a key belongs to an organization that another integration has. Nothing was stored. */
export function alreadyConnectedAdvice(name: string): string {
  return `The key belongs to an organization that is connected already, as “${name}”. Connected twice, everybody in it would count twice. To use this key, replace the key of “${name}”.`
}

/** A provider could not be read. The error contains no part of the key, and no text of a reply, which could. */
export class ProviderError extends Error {
  readonly code: ProviderProblemCode
  readonly dataSet: string

  constructor(code: ProviderProblemCode, dataSet: string, options: { cause?: unknown; note?: string } = {}) {
    super(options.note ?? `${code} (${dataSet})`, { cause: options.cause })
    this.name = 'ProviderError'
    this.code = code
    this.dataSet = dataSet
  }
}
