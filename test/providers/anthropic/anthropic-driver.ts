import { startSimulatedOrganization } from '../../../local/simulated-anthropic/server.ts'
import type { Switches } from '../../../local/simulated-anthropic/switches.ts'
import type { ProviderProblemCode } from '../../../shared/domain/problem.ts'
import { anthropic } from '../../../shared/providers/anthropic/anthropic.ts'
import { openAnthropicOrganization } from '../../../shared/providers/anthropic/organization.ts'
import type { KeyProblem, ProviderDriver, SimulatedProvider, Trouble } from '../provider-driver.ts'
import { SECRET, WORKSPACE_SECRET } from './anthropic-bench.ts'

const refused = (status: number, type: string, message = `No: ${SECRET}`) => ({
  status,
  json: { type: 'error', error: { type, message }, request_id: 'req_1' },
})

/** Bodies as documented: https://docs.claude.com/en/api/errors */
const KEY_PROBLEMS: readonly KeyProblem[] = [
  { title: '401', scripted: refused(401, 'authentication_error'), code: 'invalid_admin_key' },
  { title: '401 with junk', scripted: { status: 401, text: '<html>' }, code: 'invalid_admin_key' },
  {
    title: '401 to a key of a workspace',
    scripted: refused(401, 'authentication_error'),
    code: 'not_an_admin_key',
    key: WORKSPACE_SECRET,
  },
  { title: '402', scripted: refused(402, 'billing_error'), code: 'account_deactivated' },
  { title: '403', scripted: refused(403, 'permission_error'), code: 'insufficient_permissions' },
  { title: '403 with junk', scripted: { status: 403, text: 'no' }, code: 'insufficient_permissions' },
  {
    title: '403 to a key of a workspace',
    scripted: refused(403, 'permission_error'),
    code: 'not_an_admin_key',
    key: WORKSPACE_SECRET,
  },
]

const SWITCHES: Readonly<Record<Trouble, Partial<Switches>>> = {
  'every third request too fast': { rateLimit: { everyNth: 3, retryAfterSeconds: 2 } },
  'every third request fails': { serverErrorEveryNth: 3 },
  'every third connection is reset': { resetEveryNth: 3 },
  'every third reply is cut off': { truncateEveryNth: 3 },
  'every third reply is HTML': { htmlEveryNth: 3 },
  'small pages': { pageSizeAtMost: 2 },
  'empty pages between': { emptyPagesWithToken: true },
  'people twice': { duplicateIds: true, pageSizeAtMost: 3 },
  'unknown fields': { unknownFields: true },
}

/** The conformance suite's driver for Anthropic. */
export const anthropicDriver: ProviderDriver = {
  provider: anthropic,
  adminKey: SECRET,
  otherKey: WORKSPACE_SECRET,
  open: openAnthropicOrganization,
  keyHeader: (key) => ['x-api-key', key],
  replies: {
    directory: (ids, hasMore = false) => ({
      json: {
        data: ids.map((id) => ({ type: 'user', id, added_at: '2026-01-01T00:00:00Z' })),
        has_more: hasMore,
        first_id: ids[0] ?? null,
        last_id: ids.at(-1) ?? null,
      },
    }),
    malformedDirectory: { json: { data: 'none' } },
    directoryCursor: (url) => url.searchParams.get('after_id') ?? undefined,
  },
  keyProblems: KEY_PROBLEMS,
  startSimulated,
}

async function startSimulated(now: () => Date): Promise<SimulatedProvider> {
  const organization = await startSimulatedOrganization({ members: 0, now })
  const { keys, company } = organization
  const analytics = (code: ProviderProblemCode | null) => ({ usage: code, other_usage: code, costs: code })
  const people = (code: ProviderProblemCode | null) => ({ directory: code, invites: code })
  const all = (code: ProviderProblemCode) => ({ ...people(code), ...analytics(code), keys: code })
  return {
    baseUrl: organization.baseUrl,
    adminKey: keys.admin,
    faultyKeys: [
      { title: 'a revoked one', key: keys.revoked, codes: all('invalid_admin_key') },
      { title: 'an expired one', key: keys.expired, codes: all('invalid_admin_key') },
      { title: 'one of a workspace', key: keys.workspace, codes: all('not_an_admin_key') },
      {
        title: 'one that may not read analytics',
        key: keys.withoutAnalytics,
        codes: { ...people(null), ...analytics('insufficient_permissions'), keys: null },
      },
      {
        title: 'one that may not read members',
        key: keys.withoutMembers,
        codes: { ...people('insufficient_permissions'), ...analytics(null), keys: null },
      },
    ],
    show: (userIds, usage) => {
      company.replaceAll(userIds.map((id) => ({ id, email: `${encodeURIComponent(id)}@acme.example` })))
      company.replaceUsage(usage)
    },
    trouble: (kind) => organization.set(SWITCHES[kind]),
    requestCount: () => organization.requests.length,
    close: () => organization.close(),
  }
}
