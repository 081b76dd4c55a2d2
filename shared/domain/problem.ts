/** The data sets a key is checked for. */
export type Dataset = 'directory' | 'usage'

/** What OpenAI's side can be found wanting in. */
export const PROVIDER_PROBLEM_CODES = [
  'invalid_admin_key',
  'not_an_admin_key',
  'insufficient_permissions',
  'account_deactivated',
  'provider_unreachable',
  'provider_rate_limited',
  'unexpected_reply',
] as const

export type ProviderProblemCode = (typeof PROVIDER_PROBLEM_CODES)[number]

/** Why a sync can have failed. */
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

/** A cause with its cure, in words for a person. */
export interface Problem<Code extends string> {
  readonly code: Code
  readonly detail: string
}

/** True for causes that only a person can mend: they make an integration `action_required`. */
export function needsAction(code: SyncProblemCode): boolean {
  return (
    code === 'invalid_admin_key' ||
    code === 'not_an_admin_key' ||
    code === 'insufficient_permissions' ||
    code === 'account_deactivated' ||
    code === 'admin_key_missing' ||
    code === 'different_organization' ||
    code === 'organization_already_connected'
  )
}

const DATASET_WORDS = {
  directory: { reads: 'the member directory', permission: 'api.management.read' },
  usage: { reads: 'the usage figures', permission: 'api.usage.read' },
} as const

/** What a person is told, cause first, then the cure. `dataset` is the one being read when it happened. */
export function adviceFor(code: ProviderProblemCode, dataset: Dataset): string {
  const { reads, permission } = DATASET_WORDS[dataset]
  switch (code) {
    case 'invalid_admin_key':
      return 'OpenAI did not accept the key: it is wrong, revoked, deleted or expired. Create a new Admin key under Settings → Organization settings → Admin keys.'
    case 'not_an_admin_key':
      return 'This is not an Admin key, and regular keys won’t work: only an Admin key gives organization-level access, and only an Organization Owner can create one. Not an Owner? Ask one for it.'
    case 'insufficient_permissions':
      return `The key cannot read ${reads} (data set “${dataset}”): it lacks the permission ${permission}. Make a new Admin key that grants ${permission}; an edited key can keep failing.`
    case 'account_deactivated':
      return 'OpenAI says that the account is deactivated. Contact OpenAI.'
    case 'provider_unreachable':
      return `OpenAI could not be reached while reading ${reads}. It is not the key; try again.`
    case 'provider_rate_limited':
      return `OpenAI is limiting the rate of requests while reading ${reads}. It is not the key; try again in a few minutes.`
    case 'unexpected_reply':
      return `OpenAI’s reply for ${reads} was not what it should be, so nothing was taken from it. It is not the key; try again.`
  }
}

/** What a person is told when the key store has no key: it was deleted there, or the table was restored to before a deletion. */
export const ADMIN_KEY_MISSING_DETAIL =
  'Rollcall has no Admin key of this organization any more: its secret was deleted. Create a new Admin key under Settings → Organization settings → Admin keys and set it here, or delete this integration.'

/** What a person is told when a sync read everything and yet refused to believe it. */
export const REFUSED_LISTING = {
  different_organization:
    'The key belongs to another organization: nobody stored here is in its directory. Set the right key, or connect that organization apart. The data here was left untouched.',
  implausible_listing:
    'OpenAI listed nobody, or far fewer people than are stored, so the listing was not believed and the data left untouched. A sync at least 10 minutes later in which the same people are missing is believed; an empty listing never.',
} as const

/** What a person is told when a key is of an organization that another integration has. Nothing was stored. */
export function alreadyConnectedAdvice(name: string): string {
  return `The key belongs to an organization that is connected already, as “${name}”. Connected twice, everybody in it would count twice. To use this key, replace the key of “${name}”.`
}

/** What a person is told when a first sync finds that another integration has the organization. */
export function publishedElsewhereAdvice(name: string): string {
  return `The organization is connected already, as “${name}”, so nothing is shown here. Delete this integration, and replace the key of “${name}” if it is to use this one; or set the key of another organization here.`
}

/** What a person is told when Rollcall itself failed. */
export const INTERNAL_ERROR_DETAIL =
  'Rollcall itself failed, three times in a row. The data was left as it was; its log says why.'

/** OpenAI could not be read. Carries no part of the key, and nothing of a reply that could. */
export class ProviderError extends Error {
  readonly code: ProviderProblemCode
  readonly dataset: Dataset

  constructor(code: ProviderProblemCode, dataset: Dataset, options: { cause?: unknown; note?: string } = {}) {
    super(options.note ?? `${code} (${dataset})`, { cause: options.cause })
    this.name = 'ProviderError'
    this.code = code
    this.dataset = dataset
  }

  /** What a person is told. */
  get advice(): string {
    return adviceFor(this.code, this.dataset)
  }
}
