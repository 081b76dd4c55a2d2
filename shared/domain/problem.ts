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
] as const

export type SyncProblemCode = (typeof SYNC_PROBLEM_CODES)[number]

/** A cause and its fix, as a text for the user. */
export interface Problem<Code extends string> {
  readonly code: Code
  readonly detail: string
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

/** Shown when a sync found none of the stored people, or the provider reports another organization of the key. */
export const DIFFERENT_ORGANIZATION_DETAIL =
  'The key belongs to another organization than the data that is stored here. Set the right key, or connect that organization apart. The data here was left untouched.'

/** Shown when a sync read everything but rejected it as implausible. */
export function implausibleListingAdvice(providerName: string): string {
  return `${providerName} listed nobody, or far fewer people than are stored, so the listing was not believed and the data left untouched. A sync at least 10 minutes later in which the same people are missing is believed; an empty listing never.`
}

/** Shown when a key belongs to an organization that another integration has. Nothing was stored. */
export function alreadyConnectedAdvice(name: string): string {
  return `The key belongs to an organization that is connected already, as “${name}”. Connected twice, everybody in it would count twice. To use this key, replace the key of “${name}”.`
}

/** Shown when a first sync finds that another integration has the organization. */
export function publishedElsewhereAdvice(name: string): string {
  return `The organization is connected already, as “${name}”, so nothing is shown here. Delete this integration, and replace the key of “${name}” if it is to use this one; or set the key of another organization here.`
}

/** Shown when Rollcall itself failed. */
export const INTERNAL_ERROR_DETAIL =
  'Rollcall itself failed, three times in a row. The data was left as it was; its log says why.'

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
