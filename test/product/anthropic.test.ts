import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { organizationOpener } from '../../shared/providers/open-organization.ts'
import { startApiBench } from '../api/api-bench.ts'
import {
  ACTORS,
  costRow,
  list,
  reportPage,
  startScriptedAnthropic,
  totalRow,
  usageRow,
} from '../providers/anthropic/anthropic-bench.ts'
import type { Scripted } from '../providers/scripted-server.ts'

/* Anthropic from the key check to the exports, on scripted organizations. */

const KEY = 'sk-ant-admin01-0123456789abcdefWXYZ'
const SECOND_KEY = 'sk-ant-admin01-9876543210fedcbaQRST'
const LABS_KEY = 'sk-ant-admin01-1111222233334444LABS'
const WORKSPACE_KEY = 'sk-ant-api03-0123456789abcdefWXYZ'
const OPENAI_KEY = 'sk-admin-0123456789abcdefWXYZ'

const NOW = new Date('2026-11-24T12:00:00.000Z')

interface Organization {
  readonly id: string
  readonly people: readonly Readonly<Record<string, unknown>>[]
  readonly usage: readonly ReturnType<typeof usageRow>[]
  readonly costs: readonly ReturnType<typeof costRow>[]
  readonly totals: readonly ReturnType<typeof totalRow>[]
}

const person = (name: string, role: string, domain = 'acme.example') => ({
  type: 'user',
  id: `user_${name}`,
  email: `${name}@${domain}`,
  name,
  role,
  added_at: '2026-02-01T10:00:00Z',
})

const ACME: Organization = {
  id: 'org_acme',
  people: [
    person('ada', 'admin'),
    person('ben', 'developer'),
    person('cleo', 'billing'),
    person('dov', 'user', 'agency.example'),
  ],
  usage: [
    usageRow('2026-10-01', 2, { actor: ACTORS.user('ben') }),
    usageRow('2026-11-20', 5, { actor: ACTORS.user('ben'), api_key_id: 'apikey_job' }),
    usageRow('2026-11-20', 1, { actor: ACTORS.user('ben'), model: 'claude-haiku-5' }),
    usageRow('2026-11-20', 3, { actor: ACTORS.user('gone', { deleted: true }) }),
    usageRow('2026-11-21', 7, { actor: ACTORS.serviceAccount('bot') }),
    usageRow('2026-11-21', 11, { actor: ACTORS.key('ci'), api_key_id: 'apikey_ci' }),
    usageRow('2026-11-22', 13, { actor: ACTORS.federated('arn') }),
    usageRow('2026-11-22', 17, { actor: null }),
    usageRow('2026-11-23', 1_000, { actor: ACTORS.user('cleo'), product: null, model: null }),
  ],
  costs: [
    costRow('2026-11-20', '150.00000001', {
      actor: ACTORS.user('ben'),
      workspace_id: 'wrkspc_1',
      api_key_id: 'apikey_job',
    }),
    costRow('2026-11-21', '50', { actor: ACTORS.key('ci'), model: null, product: null, api_key_id: 'apikey_ci' }),
  ],
  totals: [totalRow('2026-11-20', '150.00000001'), totalRow('2026-11-21', '60')],
}

/** Its only usage is attributed to keys. */
const LABS: Organization = {
  id: 'org_labs',
  people: [person('ada', 'admin', 'labs.example'), person('eve', 'developer', 'labs.example')],
  usage: [usageRow('2026-11-21', 11, { actor: ACTORS.key('ci'), api_key_id: 'apikey_ci' })],
  costs: [],
  totals: [],
}

const BY_KEY: Readonly<Record<string, Organization>> = {
  [KEY]: ACME,
  [SECOND_KEY]: ACME,
  [LABS_KEY]: LABS,
  [WORKSPACE_KEY]: ACME,
}

const KEYS = [
  {
    id: 'apikey_job',
    name: 'Nightly job',
    partial_key_hint: 'sk-ant-api03-R2D...igAA',
    created_at: '2026-03-01T10:00:00Z',
    expires_at: null,
    status: 'active',
    created_by: { id: 'user_ada', type: 'user' },
    principal: { type: 'user_actor', user_id: 'user_ben' },
    scope: { type: 'workspace', workspace_id: 'wrkspc_1' },
  },
  {
    id: 'apikey_old',
    name: 'Old job',
    partial_key_hint: null,
    created_at: '2026-03-01T10:00:00Z',
    expires_at: null,
    status: 'archived',
    created_by: { id: 'user_gone', type: 'user' },
    principal: null,
    scope: { type: 'workspace', workspace_id: 'wrkspc_1' },
  },
]

const INVITE = {
  id: 'invite_1',
  email: 'new@acme.example',
  role: 'user',
  status: 'pending',
  invited_at: '2026-11-20T10:00:00Z',
  expires_at: '2026-12-11T10:00:00Z',
  accepted_at: null,
}

let server: Awaited<ReturnType<typeof startScriptedAnthropic>>
let bench: Awaited<ReturnType<typeof startApiBench>>
let id: string
/** Replaces the replies of the analytics. */
let refusal: Scripted | undefined

const isByKey = (url: URL) => url.searchParams.getAll('group_by[]').join() === 'api_key_id'

/** A row for each day and key. */
function useByKey(rows: Organization['usage']): Organization['usage'] {
  return [...new Map(rows.map((row) => [`${row.starting_at} ${row.group.api_key_id}`, row])).values()]
}

function answer(url: URL, organization: Organization): Scripted {
  switch (url.pathname.replace('/v1/organizations/', '')) {
    case 'me':
      return { json: { id: organization.id, name: 'Acme', type: 'organization' } }
    case 'users': {
      const after = organization.people.findIndex((each) => each['id'] === url.searchParams.get('after_id')) + 1
      const data = organization.people.slice(after, after + 3)
      return { json: { data, has_more: after + 3 < organization.people.length, first_id: null, last_id: null } }
    }
    case 'invites':
      return list(INVITE)
    case 'workspaces':
      return list({ id: 'wrkspc_1', name: 'Production' })
    case 'api_keys':
      return list(...KEYS)
    case 'analytics/usage':
      return refusal ?? reportPage(url, isByKey(url) ? useByKey(organization.usage) : organization.usage, 2)
    case 'analytics/cost':
      return (
        refusal ?? reportPage(url, url.searchParams.has('group_by[]') ? organization.costs : organization.totals, 1)
      )
    default:
      return { status: 404 }
  }
}

function startBench(windowDays?: number) {
  return startApiBench({
    clock: { now: NOW },
    ...(windowDays !== undefined && { windowDays }),
    openOrganization: organizationOpener(
      { anthropic: server.baseUrl, openai: server.baseUrl },
      { now: () => NOW, sleep: async () => undefined },
    ),
  })
}

beforeAll(async () => {
  server = await startScriptedAnthropic()
  server.answers((url) => {
    const organization = BY_KEY[String(server.requests.at(-1)?.headers['x-api-key'])]
    return organization === undefined ? { status: 401 } : answer(url, organization)
  })
  bench = await startBench()
  id = await bench.connected({ provider: 'anthropic', adminApiKey: KEY })
})
afterAll(async () => {
  await bench.close()
  await server.close()
})

const get = async (path: string) => (await bench.request('GET', path)).body
const getText = async (path: string) => (await bench.request('GET', path)).text
const check = (adminApiKey: string, provider = 'anthropic') =>
  bench.request('POST', '/key-checks', { json: { provider, adminApiKey } })

describe('The key of an organization at Anthropic', () => {
  test('is checked by data set, and names its organization', async () => {
    const ok = (dataSet: string, required: boolean) => ({ dataSet, required, ok: true, code: null, detail: null })
    expect((await check(KEY)).body).toEqual({
      valid: true,
      keyHint: 'WXYZ',
      keyExpiresAt: null,
      organization: { id: 'org_acme', name: 'Acme' },
      checks: [
        ok('directory', true),
        ok('usage', true),
        ok('other_usage', false),
        ok('costs', false),
        ok('keys', false),
        ok('invites', false),
      ],
    })
  })

  test.each([
    [KEY, 400, 'data_set_unavailable', 'HIPAA'],
    [KEY, 401, 'invalid_admin_key', 'did not accept'],
    [KEY, 402, 'account_deactivated', 'billing'],
    [KEY, 403, 'insufficient_permissions', 'read:analytics'],
    [WORKSPACE_KEY, 403, 'not_an_admin_key', 'regular keys'],
  ])('%s whose analytics answer %i is refused, and nothing is stored', async (key, status, code, words) => {
    refusal = { status }
    const { status: answered, body } = await bench.connect({ provider: 'anthropic', name: 'Other', adminApiKey: key })
    refusal = undefined
    expect({ answered, body }).toMatchObject({ answered: 422, body: { code, detail: expect.stringContaining(words) } })
    expect(await get('/integrations')).toMatchObject({ items: [{ id }] })
  })

  test('is refused when its organization is connected, although it is small', async () => {
    expect(await bench.connect({ provider: 'anthropic', name: 'Again', adminApiKey: SECOND_KEY })).toMatchObject({
      status: 409,
      body: { code: 'organization_already_connected' },
    })
  })

  test.each([
    [KEY, 'openai', 'is a key of Anthropic'],
    [WORKSPACE_KEY, 'openai', 'is a key of Anthropic'],
    [OPENAI_KEY, 'anthropic', 'is a key of OpenAI'],
    ['sk-proj-0123456789abcdefWXYZ', 'anthropic', 'is a key of OpenAI'],
    ['sk-0123456789abcdef01234567WXYZ', 'anthropic', 'is a key of OpenAI'],
  ])('%s is recognized as the other provider’s than %s before it is sent', async (key, provider, words) => {
    const before = server.requests.length
    for (const refused of [
      await check(key, provider),
      await bench.connect({ provider, name: 'X', adminApiKey: key }),
    ]) {
      expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } })
      expect(refused.text).toContain(words)
      expect(refused.text).not.toContain(key)
    }
    expect(server.requests).toHaveLength(before)
  })
})

describe('An organization at Anthropic', () => {
  test('is connected and synced', async () => {
    expect(await get(`/integrations/${id}`)).toMatchObject({
      provider: 'anthropic',
      state: 'connected',
      companyDomains: ['acme.example'],
      lastSync: { state: 'succeeded', problem: null, read: { users: 4, usageRows: 8 } },
      counts: { members: 3, guests: 1, inUse: 2, unused: 2, noData: 0 },
    })
  })

  test('has its members, of whom admins count as owners', async () => {
    expect(await get(`/integrations/${id}/users?sort=name`)).toMatchObject({
      items: [
        {
          id: 'user_ada',
          role: 'admin',
          seat: { type: 'member', reason: 'owner' },
          license: 'unused',
          cost: { amount: '0' },
        },
        {
          id: 'user_ben',
          seat: { type: 'member', reason: 'company_domain' },
          license: 'in_use',
          requests: 8,
          inputTokens: 381,
          cachedInputTokens: 60,
          outputTokens: 30,
          lastActiveOn: '2026-11-20',
          cost: { amount: '1.5000000001', currency: 'USD' },
        },
        {
          id: 'user_cleo',
          requests: 0,
          lastActiveOn: '2026-11-23',
          lastActivitySource: 'other_usage',
          license: 'in_use',
        },
        { id: 'user_dov', seat: { type: 'guest' }, accountStatus: 'active', projects: null },
      ],
    })
  })

  test('has its usage by user, which adds up without the executions of code', async () => {
    expect(await get(`/integrations/${id}/usage?groupBy=user`)).toMatchObject({
      items: [
        { userId: 'apikey_ci', kind: 'key', requests: 11 },
        { userId: 'user_ben', kind: 'member', requests: 8 },
        { userId: 'svac_bot', kind: 'service_account', requests: 7 },
        { userId: null, kind: 'not_listed', requests: 3 },
        { userId: null, kind: 'unattributed', requests: 30 },
      ],
      total: { requests: 59 },
    })
    expect(await get(`/integrations/${id}/usage?kind=code_execution&groupBy=user`)).toMatchObject({
      items: [{ userId: 'user_cleo', requests: 0, quantity: 1_000, unit: 'calls' }],
    })
    expect(await getText(`/integrations/${id}/usage?groupBy=model&format=csv`)).toContain('claude-haiku-5,1,')
  })

  test('has its costs, each grouping of which adds up', async () => {
    const costs = (groupBy: string) => get(`/integrations/${id}/costs?groupBy=${groupBy}`)
    expect(await costs('user')).toMatchObject({
      attribution: 'provider',
      currency: 'USD',
      items: [
        { userId: 'user_ben', amount: '1.5000000001' },
        { userId: 'apikey_ci', kind: 'key', amount: '0.5' },
        { userId: null, kind: 'unattributed', amount: '0.1' },
      ],
      total: '2.1000000001',
    })
    expect(await costs('project')).toMatchObject({
      items: [
        { projectId: 'wrkspc_1', name: 'Production', amount: '1.5000000001' },
        { projectId: null, amount: '0.6' },
      ],
      total: '2.1000000001',
    })
    expect(await costs('lineItem')).toMatchObject({
      items: [{ lineItem: 'claude-opus-5-5' }, { lineItem: 'other', amount: '0.5' }, { lineItem: null, amount: '0.1' }],
    })
    expect(await costs('key')).toMatchObject({
      items: [
        {
          keyId: 'apikey_job',
          name: 'Nightly job',
          owner: { id: 'user_ben', name: 'ben' },
          project: { id: 'wrkspc_1', name: 'Production' },
        },
        { keyId: 'apikey_ci', owner: null, project: null },
        { keyId: null, owner: null, project: null, amount: '0.1' },
      ],
    })
    expect(await getText(`/integrations/${id}/costs?groupBy=user&format=csv`)).toContain('1.5000000001')
    expect(await getText(`/integrations/${id}/costs?groupBy=key&format=csv`)).toContain(
      'apikey_job,Nightly job,wrkspc_1,Production,user_ben,ben@acme.example,ben,1.5000000001,USD',
    )
  })

  test('has its keys, with their use in the window, and nothing that says that one was never used', async () => {
    expect(await get(`/integrations/${id}/keys?sort=name`)).toMatchObject({
      items: [
        {
          id: 'apikey_job',
          kind: 'workspace',
          hint: 'igAA',
          project: { id: 'wrkspc_1', name: 'Production' },
          owner: { id: 'user_ben', name: 'ben', status: 'active' },
          lastUsedOn: '2026-11-20',
          status: 'active',
          cost: { amount: '1.5000000001', currency: 'USD' },
          findings: [],
        },
        {
          id: 'apikey_old',
          hint: null,
          owner: { id: 'user_gone', status: 'not_listed' },
          lastUsedOn: null,
          status: 'inactive',
          findings: ['leaver_key'],
        },
      ],
    })
    expect(await getText(`/integrations/${id}/keys?format=csv`)).not.toMatch(/never/i)
  })

  test('has its invitations', async () => {
    expect(await get(`/integrations/${id}/invites`)).toMatchObject({
      items: [{ id: 'invite_1', email: 'new@acme.example', status: 'pending' }],
    })
  })
})

test('Use that is attributed to keys alone says nothing about people', async () => {
  const labs = await bench.connected({ provider: 'anthropic', name: 'Labs', adminApiKey: LABS_KEY })
  expect(await get(`/integrations/${labs}`)).toMatchObject({
    lastSync: { state: 'succeeded' },
    counts: { inUse: 0, unused: 0, noData: 2 },
  })
  expect(await get(`/integrations/${labs}/users`)).toMatchObject({
    items: [
      { license: 'no_data', lastActiveOn: null },
      { license: 'no_data', lastActiveOn: null },
    ],
  })
  expect(await get(`/integrations/${labs}/usage?groupBy=user`)).toMatchObject({
    items: [{ userId: 'apikey_ci', kind: 'key', requests: 11 }],
  })
})

test('Of a window that begins before 2026, use is known from 2026 on, which is no proof of idleness before', async () => {
  const yearly = await startBench(365)
  try {
    const yearlyId = await yearly.connected({ provider: 'anthropic', adminApiKey: KEY })
    const read = async (path: string) => (await yearly.request('GET', `/integrations/${yearlyId}${path}`)).body
    expect(await read('')).toMatchObject({
      lastSync: { state: 'succeeded', problem: null },
      dataSets: expect.arrayContaining([
        expect.objectContaining({ id: 'directory', from: '2025-11-25' }),
        expect.objectContaining({ id: 'usage', from: '2026-01-01', to: '2026-11-24' }),
        expect.objectContaining({ id: 'costs', from: '2026-01-01' }),
      ]),
    })
    expect(await read('/licenses')).toMatchObject({ sources: ['keys'] })
    // Of 328 days, those of October 1 and November 20.
    const dailyRequests = Array<number>(328).fill(0).with(273, 2).with(323, 6)
    expect(await read('/users?q=ben')).toMatchObject({
      items: [{ requests: 8, lastActiveOn: '2026-11-20', dailyRequests }],
    })
  } finally {
    await yearly.close()
  }
})
