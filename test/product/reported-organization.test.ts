import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Provider } from '../../shared/providers/provider.ts'

/*
 * “A key of an organization that is connected already (Anthropic says which it is …) is refused as
 * `organization_already_connected` … The same is looked at when a key is replaced, and by a first sync before it publishes.”
 * Shown with a made-up provider that says which it is. Its organizations have three people each, too few to be recognized.
 */

const PROVIDERS: Provider[] = []
jest.unstable_mockModule('../../shared/providers/registry.ts', () => ({ PROVIDERS }))
const { createMadeUpProvider } = await import('./made-up-provider.ts')
const { ProviderError } = await import('../../shared/domain/problem.ts')
const refused = async () => {
  throw new ProviderError('insufficient_permissions', 'telemetry')
}
const madeUp = createMadeUpProvider({ check: refused, read: refused })
PROVIDERS.push(madeUp.provider)
const { anOrganization, startApiBench } = await import('../api/api-bench.ts')
const { organizationOpener } = await import('../../shared/providers/open-organization.ts')
const { AdminApiKey } = await import('../../shared/domain/admin-api-key.ts')
const { listed } = await import('../sync/sync-bench.ts')

const ABBEY_KEY = 'qk-scribe-0123456789abcdefABBE'
const SECOND_KEY = 'qk-scribe-0123456789abcdefSECO'
const PRIORY_KEY = 'qk-scribe-0123456789abcdefPRIO'
const PEOPLE = [listed('hild', { role: 'head_scribe' }), listed('bede'), listed('owen')]

let bench: Awaited<ReturnType<typeof startApiBench>>
beforeEach(async () => {
  for (const [key, id] of [
    [ABBEY_KEY, 'abbey'],
    [SECOND_KEY, 'abbey'],
    [PRIORY_KEY, 'priory'],
  ] as const) {
    const organization = anOrganization()
    organization.people = PEOPLE
    organization.key = { expiresAt: null, organization: { id, name: id } }
    madeUp.organizations.set(key, organization)
  }
  bench = await startApiBench({ openOrganization: organizationOpener({}) })
})
afterEach(() => bench.close())

function organizationOf(key: string) {
  const organization = madeUp.organizations.get(key)
  if (organization === undefined) throw new Error('no organization has this key')
  return organization
}

/** The provider cannot say now whose key it is. Returns what ends that. */
function silence(key: string): () => void {
  const organization = organizationOf(key)
  const identity = organization.key
  organization.identify = () => Promise.reject(new ProviderError('provider_unreachable', 'directory'))
  return () => (organization.identify = async () => identity.organization)
}

const connect = (name: string, adminApiKey: string) => bench.connect({ provider: 'quill', name, adminApiKey })
const connected = (name: string, adminApiKey: string) => bench.connected({ provider: 'quill', name, adminApiKey })
const get = async (id: string) => (await bench.request('GET', `/integrations/${id}`)).body
const replaceKey = (id: string, adminApiKey: string) =>
  bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey } })
/** Stores a key past the API, as anybody who may write secrets can. */
const storeKey = (id: string, key: string) => bench.dependencies.keys.putKey(id, 7, new AdminApiKey(key))
const ALREADY = { code: 'organization_already_connected', detail: expect.stringContaining('“Abbey”') }

describe('A second key of an organization that its provider reports', () => {
  test('is refused at once, even before the organization was synced', async () => {
    await connect('Abbey', ABBEY_KEY)
    expect(await connect('Again', SECOND_KEY)).toMatchObject({ status: 409, body: ALREADY })
    await bench.drain()
    expect(await connect('Again', SECOND_KEY)).toMatchObject({ status: 409, body: ALREADY })
  })

  test('is accepted by the integration itself, and refused by another one', async () => {
    const abbey = await connected('Abbey', ABBEY_KEY)
    expect((await replaceKey(abbey, SECOND_KEY)).status).toBe(200)
    await bench.drain()
    expect(await get(abbey)).toMatchObject({ keyHint: 'SECO', lastSync: { state: 'succeeded' } })
    const priory = await connect('Priory', PRIORY_KEY)
    const { id } = priory.body as { id: string }
    expect(await replaceKey(id, ABBEY_KEY)).toMatchObject({ status: 409, body: ALREADY })
  })

  test('fails the first sync before it reads, when both were connected at the same time', async () => {
    const [one, other] = await Promise.all([connect('Abbey', ABBEY_KEY), connect('Again', SECOND_KEY)])
    expect([one.status, other.status]).toEqual([201, 201])
    const reads = jest.spyOn(organizationOf(SECOND_KEY).directory, 'read')
    await bench.drain()
    const { id } = other.body as { id: string }
    expect(await get(id)).toMatchObject({ state: 'action_required', problem: ALREADY })
    expect(reads).not.toHaveBeenCalled()
  })

  test('is refused once a first sync has learned which organization it is', async () => {
    const speaks = silence(ABBEY_KEY)
    await connect('Abbey', ABBEY_KEY)
    speaks()
    await bench.drain()
    expect((await connect('Again', SECOND_KEY)).body).toMatchObject(ALREADY)
  })

  test('is refused once a later sync has learned which organization it is', async () => {
    const speaks = silence(ABBEY_KEY)
    const id = await connected('Abbey', ABBEY_KEY)
    speaks()
    await bench.scheduledSync(id)
    expect((await connect('Again', SECOND_KEY)).body).toMatchObject(ALREADY)
  })
})

test('Organizations with the same people are both connected when their provider says that they are two', async () => {
  const people = Array.from({ length: 20 }, (_, index) => listed(`scribe-${index}`))
  for (const key of [ABBEY_KEY, PRIORY_KEY]) organizationOf(key).people = people
  await connected('Abbey', ABBEY_KEY)
  const priory = await connected('Priory', PRIORY_KEY)
  expect(await get(priory)).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
})

describe('A key of another organization, which its provider reports,', () => {
  test('does not replace the key of published data', async () => {
    const id = await connected('Abbey', ABBEY_KEY)
    expect(await replaceKey(id, PRIORY_KEY)).toMatchObject({ status: 422, body: { code: 'different_organization' } })
    expect(await get(id)).toMatchObject({ state: 'connected', keyHint: 'ABBE' })
  })

  test('replaces the key of an integration that has no data yet, which then has the other organization', async () => {
    const { body } = await connect('Abbey', ABBEY_KEY)
    const { id } = body as { id: string }
    expect((await replaceKey(id, PRIORY_KEY)).status).toBe(200)
    await bench.drain()
    expect(await get(id)).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
    expect((await connect('Abbey 2', ABBEY_KEY)).status).toBe(201)
  })

  test('fails a sync before anything is read, with the data left as it was', async () => {
    const id = await connected('Abbey', ABBEY_KEY)
    await storeKey(id, PRIORY_KEY)
    const reads = jest.spyOn(organizationOf(PRIORY_KEY).directory, 'read')
    await bench.scheduledSync(id)
    expect(reads).not.toHaveBeenCalled()
    expect(await get(id)).toMatchObject({
      state: 'action_required',
      problem: { code: 'different_organization' },
      counts: { members: 3 },
    })
  })
})
