import type { Provider } from '../provider.ts'
import { adviceFor, ADMIN_KEYS_PAGE, DATA_SETS } from './advice.ts'
import { ADMIN_KEY_PREFIX, WORKSPACE_KEY_PREFIX } from './key-prefix.ts'

const ADMIN_KEYS_URL = 'https://platform.claude.com/settings/admin-keys'
const ENTERPRISE_URL = 'https://claude.ai'

/** The description of Anthropic. The code that sends requests is loaded when an organization is opened. */
export const anthropic: Provider = {
  id: 'anthropic',
  name: 'Anthropic',
  key: {
    label: 'Admin key',
    prefix: ADMIN_KEY_PREFIX,
    otherPrefixes: [WORKSPACE_KEY_PREFIX, 'sk-ant-'],
    whoCanCreate:
      '**Only an organization admin can create an Admin key**: not developers, billing users or other members. In Claude Enterprise, an owner does. An account of one person has none. If you are neither, ask one to do this step with you.',
    steps: [
      `Open [Admin keys](${ADMIN_KEYS_URL}) on platform.claude.com (**${ADMIN_KEYS_PAGE}**). Is it an organization of Claude Enterprise? Then an owner creates the key in the organization settings of [claude.ai](${ENTERPRISE_URL}), with the scopes \`read:members\` and \`read:analytics\` and no others.`,
      'Create an Admin key, and give it a name such as Rollcall.',
      `**Copy the key at once**: Anthropic shows it only this one time. A Console organization’s begins with \`${ADMIN_KEY_PREFIX}\`.`,
    ],
  },
  directory: {
    // The first is of Console organizations, the others of Claude Enterprise ones.
    ownerRoles: ['admin', 'owner', 'primary_owner', 'membership_admin'],
    // Ids say what they are of. https://docs.claude.com/en/api/admin-api/analytics/usage
    ownerKindOfId: (userId) => {
      if (userId.startsWith('apikey_')) return 'key'
      return userId.startsWith('svac_') ? 'service_account' : 'person'
    },
  },
  dataSets: Object.entries(DATA_SETS).map(([id, { required, gives, permission }]) => ({
    id,
    required,
    permission,
    gives,
  })),
  partName: 'workspace',
  membersUrl: 'https://platform.claude.com/settings/members',
  keysUrl: 'https://platform.claude.com/settings/keys',
  adminKeysUrl: ADMIN_KEYS_URL,
  limitsUrl: 'https://platform.claude.com/settings/limits',
  // Its reports have all products, chat among them.
  unmeasuredProduct: null,
  primaryKind: 'requests',
  countsAsRequests: 'Requests of all products, such as chat, Claude Code and the API',
  // Those of Claude Enterprise have a price.
  freeSeats: false,
  baseUrl: 'https://api.anthropic.com',
  variables: { baseUrl: 'ANTHROPIC_BASE_URL', adminKey: 'ANTHROPIC_ADMIN_KEY' },
  advice: adviceFor,
  open: async (access) => {
    const { openAnthropicOrganization } = await import('./organization.ts')
    return openAnthropicOrganization(access)
  },
}
