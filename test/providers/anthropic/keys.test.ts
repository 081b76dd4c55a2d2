import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isKey } from '../../../shared/data-sets/keys/keys.ts'
import { rejectionOf, type Scripted } from '../scripted-server.ts'
import {
  list,
  openOrganization,
  page,
  reportPage,
  startScriptedAnthropic,
  usageRow,
  WINDOW,
} from './anthropic-bench.ts'

let server: Awaited<ReturnType<typeof startScriptedAnthropic>>
beforeAll(async () => {
  server = await startScriptedAnthropic()
})
afterAll(() => server.close())

function aKey(overrides: Record<string, unknown> = {}) {
  return {
    type: 'api_key',
    id: 'apikey_1',
    name: 'Nightly job',
    partial_key_hint: 'sk-ant-api03-R2D...igAA',
    created_at: '2026-01-01T10:00:00+02:00',
    expires_at: null,
    status: 'active',
    created_by: { id: 'user_bob', type: 'user' },
    principal: { type: 'user_actor', user_id: 'user_ana' },
    scope: { type: 'workspace', workspace_id: 'wrkspc_1' },
    ...overrides,
  }
}

interface Answers {
  readonly keys?: Scripted
  readonly workspaces?: Scripted
  readonly usage?: (url: URL) => Scripted
}

async function read(answers: Answers = {}, window = WINDOW) {
  server.answers((url) => {
    if (url.pathname.endsWith('/api_keys')) return answers.keys ?? list(aKey())
    if (url.pathname.endsWith('/workspaces')) {
      return answers.workspaces ?? list({ id: 'wrkspc_1', name: 'Production', archived_at: null })
    }
    return answers.usage?.(url) ?? page([])
  })
  const { items } = await openOrganization(server.baseUrl).lists.keys.read(undefined, { window, covered: null })
  return items.filter(isKey)
}

const use = (day: string, key: string | null) =>
  usageRow(day, 1, { actor: null, model: null, product: null, api_key_id: key })

test('A key has its workspace, its owner, and nothing of its value but the end', async () => {
  expect(await read()).toEqual([
    {
      kind: 'workspace',
      id: 'apikey_1',
      name: 'Nightly job',
      hint: 'igAA',
      project: { id: 'wrkspc_1', name: 'Production' },
      owner: { kind: 'user', id: 'user_ana', name: null, email: null },
      createdAt: '2026-01-01T08:00:00.000Z',
      lastUsedOn: null,
      isUseKnown: true,
      expiresAt: null,
      isActive: true,
    },
  ])
  const { searchParams } =
    server.requests.find(({ url }) => url.pathname.endsWith('/workspaces'))?.url ?? new URL('http://none')
  expect([searchParams.get('include_archived'), searchParams.get('include_default')]).toEqual(['true', 'true'])
})

test.each<[string, Record<string, unknown>, unknown]>([
  ['whom it acts as', {}, { kind: 'user', id: 'user_ana' }],
  [
    'the service account it acts as',
    { principal: { type: 'service_account_actor', service_account_id: 'svac_1' } },
    { kind: 'service_account', id: 'svac_1' },
  ],
  ['who created it, if it acts as nobody', { principal: null }, { kind: 'user', id: 'user_bob' }],
  [
    'the service account that created it',
    { principal: null, created_by: { id: 'svac_2', type: 'service_account' } },
    { kind: 'service_account', id: 'svac_2' },
  ],
])('The owner of a key is %s', async (_title, overrides, owner) => {
  expect(await read({ keys: list(aKey(overrides)) })).toMatchObject([{ owner }])
})

test('A key of which nobody is named has no owner', async () => {
  expect(await read({ keys: list(aKey({ principal: null, created_by: null })) })).toMatchObject([{ owner: null }])
})

test.each<[string, boolean]>([
  ['active', true],
  ['inactive', false],
  ['archived', false],
  ['expired', false],
])('An %s key works: %s', async (status, isActive) => {
  expect(await read({ keys: list(aKey({ status })) })).toMatchObject([{ isActive }])
})

test('A key of the whole organization is one of a workspace kind without a workspace, not an Admin key', async () => {
  expect(await read({ keys: list(aKey({ scope: { type: 'organization' } })) })).toMatchObject([
    { kind: 'workspace', project: null },
  ])
})

test.each(['sk-ant-api03-R2D2igAA', 'igAA', '', null])('Of the hint %j, nothing is kept', async (partial) => {
  expect(await read({ keys: list(aKey({ partial_key_hint: partial })) })).toMatchObject([{ hint: null }])
})

test('A key in the name of a key or workspace is masked', async () => {
  const secret = 'sk-ant-api03-Ab3dEf6hIj9lMn2pQr5t'
  const workspaces = list({ id: 'wrkspc_1', name: `Search ${secret}` })
  const [key] = await read({ keys: list(aKey({ name: `job ${secret}` })), workspaces })
  expect([key?.name, key?.project?.name]).toEqual(['job ••••', 'Search ••••'])
})

test('A key was last used on the last day of usage by key, for whatever product', async () => {
  const rows = [
    use('2026-01-10', 'apikey_1'),
    use('2026-03-01', 'apikey_1'),
    use('2026-03-09', 'apikey_2'),
    use('2026-03-10', null),
  ]
  expect(await read({ usage: (url) => reportPage(url, rows) })).toMatchObject([
    { lastUsedOn: '2026-03-01', isUseKnown: true },
  ])
  const groups = server.requests.flatMap(({ url }) => url.searchParams.getAll('group_by[]'))
  expect(new Set(groups)).toEqual(new Set(['api_key_id']))
})

test('Of a key without use, none is known when the window begins before 2026, or usage by key is refused', async () => {
  const early = { from: '2025-12-31', to: '2026-02-28' }
  expect(await read({}, early)).toMatchObject([{ lastUsedOn: null, isUseKnown: false }])
  expect(await read({ usage: (url) => reportPage(url, [use('2026-02-01', 'apikey_1')]) }, early)).toMatchObject([
    { lastUsedOn: '2026-02-01', isUseKnown: true },
  ])
  expect(await read({ usage: () => ({ status: 400 }) })).toMatchObject([{ lastUsedOn: null, isUseKnown: false }])
})

test.each([403, 404])('Without the permission to list workspaces (%i), they have no names', async (status) => {
  expect(await read({ workspaces: { status } })).toMatchObject([{ project: { id: 'wrkspc_1', name: null } }])
})

test.each<[string, Answers, string]>([
  ['keys are not listed', { keys: { status: 404 } }, 'data_set_unavailable'],
  ['keys may not be read', { keys: { status: 403 } }, 'insufficient_permissions'],
  ['workspaces cannot be read now', { workspaces: { status: 500 } }, 'provider_unreachable'],
  ['usage cannot be read now', { usage: () => ({ status: 529 }) }, 'provider_unreachable'],
])('When %s, the reading fails', async (_title, answers, code) => {
  expect(await rejectionOf(read(answers))).toMatchObject({ code, dataSet: 'keys' })
})
