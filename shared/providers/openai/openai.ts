import type { AdvisedProblemCode } from '../../domain/problem.ts'
import type { Provider } from '../provider.ts'
import { ADMIN_KEY_PREFIX } from './key-prefix.ts'

const ADMIN_KEYS_URL = 'https://platform.openai.com/settings/organization/admin-keys'

const ADMIN_KEYS_PAGE = 'Settings → Organization settings → Admin keys'

const AUDIT_LOG_PAGE = 'Settings → Organization settings → Data controls → Data retention → Audit logging'

const MANAGEMENT = 'api.management.read'
const USAGE = 'api.usage.read'
/** Not in the published description: people report that it is named when it is missing. */
const AUDIT_LOGS = 'api.audit_logs.read'

interface DataSetWords {
  readonly required: boolean
  readonly isOffByDefault?: boolean
  readonly gives: string
  readonly reads: string
  readonly permission: string
  /** Why there is nothing, and what to do about it. Default: the organization has none. */
  readonly unavailable?: string
}

/** By data set. Permissions: https://platform.openai.com/docs/api-reference/administration */
const DATA_SETS: Readonly<Record<string, DataSetWords>> = {
  directory: { required: true, gives: 'Member directory', reads: 'the member directory', permission: MANAGEMENT },
  usage: { required: true, gives: 'Usage figures', reads: 'the usage figures', permission: USAGE },
  other_usage: {
    required: false,
    gives: 'Usage of images, audio, embeddings and other kinds',
    reads: 'the usage of images, audio, embeddings and other kinds',
    permission: USAGE,
  },
  costs: { required: false, gives: 'Costs', reads: 'the costs', permission: USAGE },
  keys: { required: false, gives: 'API keys', reads: 'the list of API keys', permission: MANAGEMENT },
  invites: { required: false, gives: 'Pending invitations', reads: 'the invitations', permission: MANAGEMENT },
  logins: {
    required: false,
    isOffByDefault: true,
    gives: 'Last sign-ins',
    reads: 'the audit log',
    permission: AUDIT_LOGS,
    // https://platform.openai.com/docs/api-reference/audit-logs: while the log is off, it is empty.
    unavailable: `OpenAI’s audit log of this organization has no sign-ins. Probably it is off: an Organization Owner has to switch it on, under ${AUDIT_LOG_PAGE}, and cannot switch it off again. Sign-ins before that are not known.`,
  },
}

/** The description of OpenAI. The code that sends requests is loaded when an organization is opened. */
export const openai: Provider = {
  id: 'openai',
  name: 'OpenAI',
  key: {
    label: 'Admin key',
    prefix: ADMIN_KEY_PREFIX,
    otherPrefixes: ['sk-proj-', 'sk-svcacct-', 'sk-'],
    whoCanCreate:
      '**Only an Organization Owner can create an Admin key**: not members, admins or billing users. If you are not an Owner, ask one to do this step with you.',
    steps: [
      `Open [Admin keys](${ADMIN_KEYS_URL}) on platform.openai.com (**${ADMIN_KEYS_PAGE}**).`,
      'Press **Create new admin key** and choose the permissions **Read only**, never All. To allow less, choose Restricted with read access to organization administration and usage. An expiry is optional.',
      `**Copy the key at once**: OpenAI shows it only this one time. It begins with \`${ADMIN_KEY_PREFIX}\`.`,
    ],
  },
  directory: {
    ownerRoles: ['owner'],
    // Service accounts of projects. https://platform.openai.com/docs/api-reference/project-service-accounts/object
    ownerKindOfId: (userId) => (userId.startsWith('svc_acct_') ? 'service_account' : 'person'),
  },
  dataSets: Object.entries(DATA_SETS).map(([id, { required, isOffByDefault = false, gives, permission }]) => ({
    id,
    required,
    isOffByDefault,
    permission,
    gives,
  })),
  partName: 'project',
  membersUrl: 'https://platform.openai.com/settings/organization/people',
  keysUrl: 'https://platform.openai.com/settings/organization/api-keys',
  adminKeysUrl: ADMIN_KEYS_URL,
  limitsUrl: 'https://platform.openai.com/settings/organization/limits',
  unmeasuredProduct: 'ChatGPT',
  primaryKind: 'completions',
  countsAsRequests: 'Model requests of the completions API',
  freeSeats: true,
  baseUrl: 'https://api.openai.com/v1',
  variables: { baseUrl: 'OPENAI_BASE_URL', adminKey: 'OPENAI_ADMIN_KEY' },
  advice: adviceFor,
  open: async (access) => {
    const { openOpenAiOrganization } = await import('./organization.ts')
    return openOpenAiOrganization(access)
  },
}

function adviceFor(code: AdvisedProblemCode, dataSet: string): string {
  const words = DATA_SETS[dataSet]
  if (words === undefined) throw new Error(`OpenAI has no data set ${dataSet}.`)
  const { reads, permission, unavailable } = words
  switch (code) {
    case 'admin_key_missing':
      return `Rollcall has no Admin key of this organization any more: its secret was deleted. Create a new Admin key under ${ADMIN_KEYS_PAGE} and set it here, or delete this integration.`
    case 'invalid_admin_key':
      return `OpenAI did not accept the key: it is wrong, revoked, deleted or expired. Create a new Admin key under ${ADMIN_KEYS_PAGE}.`
    case 'not_an_admin_key':
      return 'This is not an Admin key, and regular keys won’t work: only an Admin key gives organization-level access, and only an Organization Owner can create one. Not an Owner? Ask one for it.'
    case 'insufficient_permissions':
      return `The key cannot read ${reads} (data set “${dataSet}”): it lacks the permission ${permission}. Make a new Admin key that grants ${permission}; an edited key can keep failing.`
    case 'account_deactivated':
      return 'OpenAI says that the account is deactivated. Contact OpenAI.'
    case 'provider_unreachable':
      return `OpenAI could not be reached while reading ${reads}. It is not the key; try again.`
    case 'provider_rate_limited':
      return `OpenAI is limiting the rate of requests while reading ${reads}. It is not the key; try again in a few minutes.`
    case 'timed_out':
      return `OpenAI answered, but reading ${reads} took longer than a sync may, so nothing was taken from it. It is not the key. A later sync can succeed if OpenAI answers faster; if every sync ends like this, the organization is too large for that speed.`
    case 'data_set_unavailable':
      return unavailable ?? `OpenAI has no ${reads.replace(/^the /, '')} of this organization.`
    case 'unexpected_reply':
      return `OpenAI’s reply for ${reads} was not what it should be, so nothing was taken from it. It is not the key; try again.`
  }
}
