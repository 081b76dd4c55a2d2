import { startSimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import type { ProviderProblemCode } from '../../../shared/domain/problem.ts'
import { openai } from '../../../shared/providers/openai/openai.ts'
import { openOpenAiOrganization } from '../../../shared/providers/openai/organization.ts'
import type { KeyProblem, ProviderDriver, SimulatedProvider } from '../provider-driver.ts'
import { SECRET } from './openai-bench.ts'

const NO_SCOPE = 'You have insufficient permissions for this operation. Missing scopes: api.management.read.'
const INCORRECT = { error: { message: `Incorrect API key provided: ${SECRET}`, code: 'invalid_api_key' } }
const PROJECT_KEY = 'sk-proj-verysecretverysecret-wxyz'

/** Bodies as reported: https://platform.openai.com/docs/guides/error-codes */
const KEY_PROBLEMS: readonly KeyProblem[] = [
  { title: '401 invalid_api_key', scripted: { status: 401, json: INCORRECT }, code: 'invalid_admin_key' },
  {
    title: '401 invalid_api_key that speaks of scopes',
    scripted: { status: 401, json: { error: { code: 'invalid_api_key', message: NO_SCOPE } } },
    code: 'invalid_admin_key',
  },
  {
    title: '401 with a bare text',
    scripted: { status: 401, json: { error: 'Who are you?' } },
    code: 'invalid_admin_key',
  },
  { title: '401 with junk', scripted: { status: 401, text: '<html>' }, code: 'invalid_admin_key' },
  {
    title: '401 of scopes',
    scripted: { status: 401, json: { error: { message: NO_SCOPE } } },
    code: 'insufficient_permissions',
  },
  {
    title: '401 of scopes, bare',
    scripted: { status: 401, json: { error: NO_SCOPE } },
    code: 'insufficient_permissions',
  },
  {
    title: '401 of scopes behind 64 KB, which are not read',
    scripted: { status: 401, json: { error: { padding: 'x'.repeat(64 * 1024), message: NO_SCOPE } } },
    code: 'invalid_admin_key',
  },
  {
    title: '403',
    scripted: { status: 403, json: { error: { message: NO_SCOPE, code: null } } },
    code: 'insufficient_permissions',
  },
  { title: '403 with junk', scripted: { status: 403, text: 'no' }, code: 'insufficient_permissions' },
  {
    title: 'account_deactivated',
    scripted: { status: 401, json: { error: { code: 'account_deactivated' } } },
    code: 'account_deactivated',
  },
  {
    title: '403 to a key of another kind',
    scripted: { status: 403, json: { error: NO_SCOPE } },
    code: 'not_an_admin_key',
    key: PROJECT_KEY,
  },
]

/** The conformance suite's driver for OpenAI. */
export const openAiDriver: ProviderDriver = {
  provider: openai,
  adminKey: SECRET,
  otherKey: PROJECT_KEY,
  open: openOpenAiOrganization,
  keyHeader: (key) => ['authorization', `Bearer ${key}`],
  replies: {
    directory: (ids, hasMore = false) => ({
      json: { object: 'list', data: ids.map((id) => ({ id, added_at: 1 })), has_more: hasMore },
    }),
    malformedDirectory: { json: { data: 'none' } },
    directoryCursor: (url) => url.searchParams.get('after') ?? undefined,
  },
  keyProblems: KEY_PROBLEMS,
  startSimulated,
}

async function startSimulated(now: () => Date): Promise<SimulatedProvider> {
  const organization = await startSimulatedOrganization({ members: 0, now })
  const { keys, company } = organization
  const all = (code: ProviderProblemCode) => ({ ...ofUsage(code), ...management(code) })
  /** One permission covers all lists, and one all kinds of usage, and costs. The simulated keys can read the audit log with the lists. */
  const management = (code: ProviderProblemCode | null) => ({
    directory: code,
    keys: code,
    invites: code,
    logins: code,
  })
  const ofUsage = (code: ProviderProblemCode | null) => ({ usage: code, other_usage: code, costs: code })
  return {
    baseUrl: organization.baseUrl,
    adminKey: keys.admin,
    faultyKeys: [
      { title: 'a revoked one', key: keys.revoked, codes: all('invalid_admin_key') },
      { title: 'an expired one', key: keys.expired, codes: all('invalid_admin_key') },
      { title: 'one of a deactivated account', key: keys.deactivated, codes: all('account_deactivated') },
      { title: 'one of a project', key: keys.project, codes: all('not_an_admin_key') },
      {
        title: 'one that may not read usage',
        key: keys.withoutUsage,
        codes: { ...management(null), ...ofUsage('insufficient_permissions') },
      },
      {
        title: 'one that may not read the directory',
        key: keys.withoutDirectory,
        codes: { ...management('insufficient_permissions'), ...ofUsage(null) },
      },
    ],
    show: (userIds, usage) => {
      company.replaceAll(userIds.map((id) => ({ id, email: `${encodeURIComponent(id)}@acme.example` })))
      company.replaceUsage(usage)
    },
    set: (switches) => organization.set(switches),
    requestCount: () => organization.requests.length,
    close: () => organization.close(),
  }
}
