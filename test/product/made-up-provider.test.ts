import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Provider } from '../../shared/providers/provider.ts'

/*
 * A provider is a folder and a line in the registry. With one more line, everything works for it, and no other product file
 * knows it. The registry is replaced before anything else is loaded, so this file has its own modules.
 */

const PROVIDERS: Provider[] = []
jest.unstable_mockModule('../../shared/providers/registry.ts', () => ({ PROVIDERS }))
const { openai } = await import('../../shared/providers/openai/openai.ts')
const { createMadeUpProvider } = await import('./made-up-provider.ts')
const { ProviderError } = await import('../../shared/domain/problem.ts')
const refused = async () => {
  throw new ProviderError('insufficient_permissions', 'telemetry')
}
const madeUp = createMadeUpProvider({ check: refused, read: refused })
PROVIDERS.push(openai, madeUp.provider)
const { anOrganization, startApiBench } = await import('../api/api-bench.ts')
const { organizationOpener } = await import('../../shared/providers/open-organization.ts')
const { listed, used } = await import('../sync/sync-bench.ts')

const KEY = 'qk-scribe-0123456789abcdefWXYZ'
const OPENAI_KEY = 'sk-admin-0123456789abcdefWXYZ'

let bench: Awaited<ReturnType<typeof startApiBench>>
let id: string
beforeAll(async () => {
  const organization = anOrganization()
  organization.people = [
    listed('hild', { role: 'Head_Scribe', email: 'hild@abbey.example' }),
    listed('owen', { role: 'owner', email: 'owen@elsewhere.example' }),
    listed('bede', { email: 'bede@abbey.example' }),
  ]
  organization.rows = [
    used('hild', '2026-11-24', 5),
    used('golem-1', '2026-11-23', 7),
    used('seal-1', '2026-11-23', 3),
    used(null, '2026-11-22', 2),
  ]
  organization.key = {
    expiresAt: '2027-03-01T00:00:00.000Z',
    organization: { id: 'abbey', name: 'The Abbey' },
  }
  madeUp.organizations.set(KEY, organization)
  bench = await startApiBench({ openOrganization: organizationOpener({ quill: 'https://proxy.example' }) })
  id = await bench.connected({ provider: 'quill', adminApiKey: KEY })
})
afterAll(() => bench.close())

const get = async (path: string) => (await bench.request('GET', path)).body
const check = (provider: string, adminApiKey: string) =>
  bench.request('POST', '/key-checks', { json: { provider, adminApiKey } })

test('The API lists it with everything that a form needs to ask for its key', async () => {
  expect(await get('/providers')).toMatchObject({
    items: [
      { id: 'openai' },
      {
        id: 'quill',
        name: 'Quill',
        partName: 'workspace',
        membersUrl: 'https://quill.example/scribes',
        unmeasuredProduct: 'Quill Letters',
        countsAsRequests: 'Pages written with ink',
        freeSeats: false,
        key: {
          label: 'Scribe key',
          prefix: 'qk-scribe-',
          steps: ['Open [Keys](https://quill.example/keys).', 'Choose `read`.'],
          whoCanCreate: 'Only a **head scribe** can create one.',
        },
        dataSets: [
          { id: 'directory', required: true, permission: 'scribes', gives: 'Scribes' },
          { id: 'usage', required: true, permission: 'ink', gives: 'Ink used' },
          { id: 'telemetry', required: false, permission: 'feathers', gives: 'Feathers' },
        ],
      },
    ],
  })
})

describe('Its key', () => {
  test('is checked by data set, and is valid with a note when it cannot read an optional one', async () => {
    const detail = 'Quill says insufficient_permissions of telemetry.'
    expect((await check('quill', KEY)).body).toEqual({
      valid: true,
      keyHint: 'WXYZ',
      keyExpiresAt: '2027-03-01T00:00:00.000Z',
      organization: { id: 'abbey', name: 'The Abbey' },
      checks: [
        { dataSet: 'directory', required: true, ok: true, code: null, detail: null },
        { dataSet: 'usage', required: true, ok: true, code: null, detail: null },
        { dataSet: 'telemetry', required: false, ok: false, code: 'insufficient_permissions', detail },
      ],
    })
  })

  test('is checked within 15 seconds, including the comparison with other organizations', async () => {
    const atOnce = madeUp.opened.length
    await check('quill', KEY)
    await bench.connect({ provider: 'quill', name: 'Again', adminApiKey: KEY })
    const msLeft = madeUp.opened.slice(atOnce).map(({ deadline }) => deadline.getTime() - bench.clock.now.getTime())
    expect(msLeft).toEqual([14_000, 14_000])
  })

  test('is refused in its provider’s words when it is wrong', async () => {
    const wrong = 'qk-scribe-wrongwrongwrongwrong'
    expect((await check('quill', wrong)).body).toMatchObject({ valid: false, organization: null })
    expect(await bench.connect({ provider: 'quill', name: 'Wrong', adminApiKey: wrong })).toMatchObject({
      status: 422,
      body: { code: 'invalid_admin_key', detail: 'Quill says invalid_admin_key of directory.' },
    })
  })

  test('is recognized in another provider’s field, and the other way round, and is not sent', async () => {
    const sent = madeUp.opened.length
    const foreign = (message: string) => ({ status: 400, body: { errors: [{ field: 'adminApiKey', message }] } })
    const quills = 'is a key of Quill: enter one of OpenAI (Admin key), or choose Quill as the provider'
    const openAis = 'is a key of OpenAI: enter one of Quill (Scribe key), or choose OpenAI as the provider'
    expect(await check('openai', KEY)).toMatchObject(foreign(quills))
    expect(await bench.connect({ name: 'Foreign', adminApiKey: KEY })).toMatchObject(foreign(quills))
    expect(await check('quill', OPENAI_KEY)).toMatchObject(foreign(openAis))
    const replaced = await bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey: OPENAI_KEY } })
    expect(replaced).toMatchObject(foreign(openAis))
    expect(madeUp.opened).toHaveLength(sent)
  })

  test('is not accepted as a name', async () => {
    const renamed = await bench.request('PATCH', `/integrations/${id}`, { json: { name: KEY } })
    expect(renamed).toMatchObject({ status: 400, body: { errors: [{ field: 'name' }] } })
  })
})

test('It is reached at the configured address, and an unknown provider is refused', async () => {
  expect(new Set(madeUp.opened.map(({ baseUrl }) => baseUrl))).toEqual(new Set(['https://proxy.example']))
  expect(await check('reed', KEY)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'provider', message: 'must be openai or quill' }] },
  })
})

describe('Its organization, connected and synced,', () => {
  test('is shown with its provider, and its seats follow from its roles', async () => {
    expect(await get(`/integrations/${id}`)).toMatchObject({
      provider: 'quill',
      state: 'connected',
      keyExpiresAt: '2027-03-01T00:00:00.000Z',
      companyDomains: ['abbey.example'],
      lastSync: { state: 'succeeded', read: { users: 3, usageRows: 4 } },
      counts: { members: 2, guests: 1, inUse: 1, unused: 2, noData: 0 },
    })
  })

  test('has its people, with seats from the owners’ role, as a list and as CSV', async () => {
    expect(await get(`/integrations/${id}/users?sort=name`)).toMatchObject({
      items: [
        { id: 'bede', seat: { type: 'member', reason: 'company_domain' }, license: 'unused' },
        { id: 'hild', seat: { type: 'member', reason: 'owner' }, license: 'in_use', requests: 5 },
        { id: 'owen', seat: { type: 'guest', reason: 'external_domain' } },
      ],
    })
    expect(await get(`/integrations/${id}/users?owner=false`)).toMatchObject({
      items: [{ id: 'bede' }, { id: 'owen', role: 'owner' }],
    })
    const csv = String(await get(`/integrations/${id}/users?format=csv&seat=guest`))
    expect(csv.trim().split('\r\n')).toEqual([
      expect.stringContaining('id,kind,email'),
      expect.stringContaining('owen,person,owen@elsewhere.example'),
    ])
  })

  test('has its sums, with service accounts and keys recognized by their ids, as JSON and as CSV', async () => {
    expect(await get(`/integrations/${id}/usage?groupBy=user`)).toMatchObject({
      items: [
        { userId: 'golem-1', kind: 'service_account', requests: 7 },
        { userId: 'hild', kind: 'member', requests: 5 },
        { userId: 'seal-1', kind: 'key', requests: 3 },
        { userId: null, kind: 'unattributed', requests: 2 },
      ],
      total: { requests: 17 },
    })
    const csv = String(await get(`/integrations/${id}/usage?groupBy=user&format=csv`))
    expect(csv).toContain('golem-1,,,service_account,7,')
  })

  test.each(['account_deactivated', 'data_set_unavailable'] as const)('explains in its words %s', async (code) => {
    const organization = madeUp.organizations.get(KEY)
    if (organization !== undefined) organization.failsWith = code
    await bench.scheduledSync(id)
    expect(await get(`/integrations/${id}`)).toMatchObject({
      state: 'action_required',
      problem: { code, detail: `Quill says ${code} of directory.` },
    })
  })

  test('explains in its words that its key is missing', async () => {
    bench.keys.stored.delete(id)
    await bench.scheduledSync(id)
    expect(await get(`/integrations/${id}`)).toMatchObject({
      problem: { code: 'admin_key_missing', detail: 'Quill says admin_key_missing of directory.' },
    })
  })
})

test('The OpenAPI document names it in every request and answer with a provider', async () => {
  const text = JSON.stringify(await get('/openapi.json'))
  expect(text.match(/"enum":\["openai","quill"\]/g)?.length).toBeGreaterThanOrEqual(3)
})
