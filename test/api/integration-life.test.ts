import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Answer } from './call.ts'
import { KEY, OTHER_KEY, savedOnceConnected, startApiBench, type ApiBench, type SavedBench } from './api-bench.ts'
import { listed } from '../sync/sync-bench.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let bench: ApiBench
let id: string
let connected: SavedBench
beforeAll(async () => {
  const acme = await savedOnceConnected()
  id = acme.id
  connected = acme.saved
})
beforeEach(async () => {
  bench = await startApiBench({ from: connected })
})
afterEach(() => bench.close())

const read = () => bench.request('GET', `/integrations/${id}`)
const edit = (json: unknown): Promise<Answer> => bench.request('PATCH', `/integrations/${id}`, { json })

describe('renaming', () => {
  test('is visible at once, frees the old name, and takes the new one', async () => {
    expect((await edit({ name: '  Acme Europe ' })).body).toMatchObject({ name: 'Acme Europe' })
    expect((await read()).body).toMatchObject({ name: 'Acme Europe' })
    expect((await bench.connect({ name: 'acme europe' })).status).toBe(409)
    expect((await bench.connect({ name: 'Acme' })).status).toBe(201)
  })

  test('to another integration’s name fails with name_taken and changes nothing', async () => {
    await bench.connect({ name: 'Other' })
    const answer = await edit({ name: 'OTHER', companyDomains: ['x.example'] })
    expect([answer.status, answer.body]).toMatchObject([409, { code: 'name_taken' }])
    expect((await read()).body).toMatchObject({ name: 'Acme', companyDomainsInferred: true })
  })

  test('that only changes letter case keeps the name taken', async () => {
    expect((await edit({ name: 'ACME' })).body).toMatchObject({ name: 'ACME' })
    expect((await bench.connect({ name: 'acme' })).status).toBe(409)
  })

  test('and renaming back works at once', async () => {
    await edit({ name: 'Interim' })
    expect((await edit({ name: 'Acme' })).status).toBe(200)
    expect((await bench.connect({ name: 'Interim' })).status).toBe(201)
    expect((await bench.connect({ name: 'Acme' })).status).toBe(409)
  })
})

describe('company domains', () => {
  test('affect seats and counts at once, and null or an empty list restores inference', async () => {
    expect((await read()).body).toMatchObject({
      companyDomains: ['acme.example'],
      companyDomainsInferred: true,
      counts: { members: 2, guests: 1 },
    })
    const other = await edit({ companyDomains: ['Agency.example', 'agency.example'] })
    expect(other.body).toMatchObject({
      companyDomains: ['agency.example'],
      companyDomainsInferred: false,
      counts: { members: 2, guests: 1 },
    })
    const seats = async () => (await bench.request('GET', `/integrations/${id}/users?sort=name`)).body
    expect(await seats()).toMatchObject({
      items: [
        { id: 'ana', seat: { type: 'member', reason: 'owner' } },
        { id: 'bob', seat: { type: 'guest', reason: 'external_domain' } },
        { id: 'cyn', seat: { type: 'member', reason: 'company_domain' } },
      ],
    })
    for (const companyDomains of [null, []]) {
      expect((await edit({ companyDomains })).body).toMatchObject({
        companyDomains: ['acme.example'],
        companyDomainsInferred: true,
      })
    }
    expect(await seats()).toMatchObject({ items: [{}, { seat: { type: 'member' } }, { seat: { type: 'guest' } }] })
  })

  test('set before the first successful sync apply to it', async () => {
    bench.organization().failsWith = 'provider_unreachable'
    bench.organizations.set(KEY, bench.organization(OTHER_KEY))
    const created = await bench.connect({ name: 'New', companyDomains: ['agency.example'] })
    expect(created.body).toMatchObject({ companyDomains: ['agency.example'], counts: { members: 0 } })
    await bench.drain()
    const list = await bench.request('GET', '/integrations')
    expect(list.body).toMatchObject({ items: [{}, { counts: { members: 2, guests: 1 } }] })
  })
})

describe('schedules', () => {
  test('are set by name and shown with the next run; null means the default one', async () => {
    expect((await edit({ schedule: 'nightly' })).body).toMatchObject({
      schedule: 'nightly',
      nextSyncAt: '2026-11-25T02:00:00.000Z',
    })
    expect((await edit({ schedule: null })).body).toMatchObject({
      schedule: 'every-6-hours',
      nextSyncAt: '2026-11-24T18:00:00.000Z',
    })
    expect((await edit({ schedule: 'hourly' })).body).toMatchObject({ errors: [{ field: 'schedule' }] })
  })

  test('that no longer exist are reported as schedule_missing, and the default one is used', async () => {
    await edit({ schedule: 'nightly' })
    await bench.dependencies.integrations.updateIntegration(id, (current) => ({ ...current, schedule: 'weekly' }))
    expect((await read()).body).toMatchObject({
      state: 'connected',
      schedule: 'every-6-hours',
      problem: { code: 'schedule_missing' },
    })
    expect((await edit({ schedule: 'nightly' })).body).toMatchObject({ problem: null })
  })
})

describe('a key’s expiry', () => {
  test('warns 14 days ahead with key_expiring, which requires no action, until another expiry or none is set', async () => {
    const at = (ms: number) => new Date(bench.clock.now.getTime() + ms).toISOString()
    expect((await edit({ keyExpiresAt: at(14 * DAY_MS + 1) })).body).toMatchObject({ problem: null })
    const soon = await edit({ keyExpiresAt: at(14 * DAY_MS) })
    expect(soon.body).toMatchObject({
      state: 'connected',
      keyExpiresAt: at(14 * DAY_MS),
      problem: {
        code: 'key_expiring',
        detail: expect.stringMatching(/^The key expires on \d{4}-\d\d-\d\d \(UTC\)\. Create a new Admin key/),
        since: bench.clock.now.toISOString(),
      },
    })
    expect((await edit({ keyExpiresAt: null })).body).toMatchObject({ keyExpiresAt: null, problem: null })
    expect((await edit({ keyExpiresAt: at(-1) })).body).toMatchObject({ errors: [{ field: 'keyExpiresAt' }] })
  })

  test('is read during a key check, and replaced by the new key’s', async () => {
    bench.organization(OTHER_KEY).key = { expiresAt: '2027-03-01T00:00:00.000Z', organization: null }
    const json = { provider: 'openai', adminApiKey: OTHER_KEY }
    expect((await bench.request('POST', '/key-checks', { json })).body).toMatchObject({
      valid: true,
      keyHint: 'QRST',
      keyExpiresAt: '2027-03-01T00:00:00.000Z',
    })
    await edit({ keyExpiresAt: '2026-12-01T00:00:00Z' })
    expect((await edit({ adminApiKey: OTHER_KEY })).body).toMatchObject({ keyExpiresAt: '2027-03-01T00:00:00.000Z' })
    const named = await edit({ adminApiKey: KEY, keyExpiresAt: '2027-05-05T05:00:00+02:00' })
    expect(named.body).toMatchObject({ keyExpiresAt: '2027-05-05T03:00:00.000Z' })
  })
})

describe('a new key', () => {
  test('is checked first, and a refused one changes nothing', async () => {
    bench.organization(OTHER_KEY).failsWith = 'insufficient_permissions'
    const answer = await edit({ adminApiKey: OTHER_KEY, name: 'Renamed' })
    expect([answer.status, answer.body]).toMatchObject([422, { code: 'insufficient_permissions' }])
    expect((await read()).body).toMatchObject({ name: 'Acme', keyHint: 'WXYZ', lastSync: { state: 'succeeded' } })
    expect(bench.keys.stored.get(id)).toEqual({ secret: KEY, keyVersion: 1 })
    expect((await bench.connect({ name: 'Renamed' })).status).toBe(201)
  })

  test('replaces the old one and starts a sync at once', async () => {
    const answer = await edit({ adminApiKey: OTHER_KEY })
    expect(answer.body).toMatchObject({ keyHint: 'QRST', lastSync: { state: 'queued', trigger: 'key_change' } })
    expect(bench.keys.stored.get(id)).toEqual({ secret: OTHER_KEY, keyVersion: 2 })
    await bench.drain()
    expect((await read()).body).toMatchObject({ lastSync: { state: 'succeeded', trigger: 'key_change' } })
  })

  test('replaces a queued sync with its own', async () => {
    await bench.request('POST', `/integrations/${id}/syncs`)
    await edit({ adminApiKey: OTHER_KEY })
    await bench.drain()
    const { body } = await bench.request('GET', `/integrations/${id}/syncs`)
    expect(body).toMatchObject({
      items: [
        { trigger: 'key_change', state: 'succeeded' },
        { trigger: 'manual', state: 'failed', problem: { code: 'interrupted' } },
        { trigger: 'connect', state: 'succeeded' },
      ],
    })
  })

  test('set during a sync waits for its end, and a late failure with the old key sets no problem', async () => {
    bench.organization().whileReading = async () => {
      bench.organization().whileReading = async () => {}
      bench.organization().failsWith = 'invalid_admin_key'
      await edit({ adminApiKey: OTHER_KEY })
      expect((await read()).body).toMatchObject({
        keyHint: 'QRST',
        lastSync: { state: 'running', trigger: 'schedule' },
      })
    }
    await bench.scheduledSync(id)
    const between = (await read()).body
    expect(between).toMatchObject({ problem: null, lastSync: { state: 'queued', trigger: 'key_change' } })
    await bench.drain()
    expect((await read()).body).toMatchObject({ state: 'connected', problem: null, lastSync: { state: 'succeeded' } })
    const { body } = await bench.request('GET', `/integrations/${id}/syncs`)
    expect(body).toMatchObject({
      items: [
        { trigger: 'key_change', state: 'succeeded' },
        { trigger: 'schedule', state: 'failed', problem: { code: 'invalid_admin_key' } },
        { trigger: 'connect' },
      ],
    })
  })

  test('set twice at the same time succeeds once, and the other call fails with edit_in_progress', async () => {
    bench.keys.whileStoring = async () => {
      const second = await edit({ adminApiKey: KEY })
      expect([second.status, second.body]).toMatchObject([409, { code: 'edit_in_progress' }])
    }
    expect((await edit({ adminApiKey: OTHER_KEY })).body).toMatchObject({ keyHint: 'QRST' })
    expect(bench.keys.stored.get(id)).toEqual({ secret: OTHER_KEY, keyVersion: 2 })
  })

  test('set twice in quick succession shows the stored key', async () => {
    const answers = await Promise.all([edit({ adminApiKey: OTHER_KEY }), edit({ adminApiKey: KEY })])
    for (const { status } of answers) expect([200, 409]).toContain(status)
    const { keyHint } = (await read()).body as { keyHint: string }
    expect(bench.keys.stored.get(id)?.secret.slice(-4)).toBe(keyHint)
    const stored = await bench.dependencies.integrations.getIntegration(id)
    expect(bench.keys.stored.get(id)?.keyVersion).toBe(stored.keyVersion)
  })
})

describe('a concurrent edit', () => {
  test('of the name succeeds once, the other fails, and no name is lost or held twice', async () => {
    const key = (name: string) => edit({ name, adminApiKey: KEY })
    const rename = (name: string) => edit({ name })
    for (const [base, one, other] of [
      ['Base', key, rename],
      ['Next', rename, key],
    ] as const) {
      await edit({ name: base })
      await Promise.all([one(base), other(`Other ${base}`)])
      const { name } = (await read()).body as { name: string }
      expect((await bench.connect({ name })).status).toBe(409)
      const free = name === base ? `Other ${base}` : base
      expect((await bench.connect({ name: free })).status).toBe(201)
    }
  })

  test('is completed by a sync that starts after the key was stored', async () => {
    bench.keys.afterStoring = () => bench.scheduledSync(id)
    const answer = await edit({ adminApiKey: OTHER_KEY, name: 'Renamed', companyDomains: ['agency.example'] })
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { name: 'Renamed', keyHint: 'QRST', companyDomains: ['agency.example'], lastSync: { state: 'succeeded' } },
    ])
    expect((await bench.connect({ name: 'Acme' })).status).toBe(201)
  })

  test('whose key could not be stored can be repeated at once', async () => {
    bench.keys.whileStoring = () => Promise.reject(new Error('the key store is down'))
    expect((await edit({ adminApiKey: OTHER_KEY, name: 'Renamed' })).status).toBe(500)
    bench.keys.whileStoring = () => Promise.resolve()
    expect((await read()).body).toMatchObject({ name: 'Acme', keyHint: 'WXYZ' })
    expect((await edit({ adminApiKey: OTHER_KEY, name: 'Renamed' })).status).toBe(200)
    expect(bench.keys.stored.get(id)).toEqual({ secret: OTHER_KEY, keyVersion: 3 })
  })

  test('whose key was stored despite an error is found by the next sync, and requires action when that key stops working', async () => {
    bench.keys.afterStoring = () => Promise.reject(new Error('the key store did not answer'))
    expect((await edit({ adminApiKey: OTHER_KEY })).status).toBe(500)
    bench.organization(OTHER_KEY).failsWith = 'invalid_admin_key'
    await bench.scheduledSync(id)
    expect((await read()).body).toMatchObject({
      keyHint: 'QRST',
      state: 'action_required',
      problem: { code: 'invalid_admin_key' },
    })
  })
})

test('With a key revoked for 90 days the figures stay and are stale, and the answer explains the fix; a new key restores all', async () => {
  const figures = () =>
    Promise.all(
      ['users', 'usage?groupBy=user', 'usage?groupBy=day', 'licenses', 'users/ana/usage'].map(
        async (path) => (await bench.request('GET', `/integrations/${id}/${path}`)).body as Record<string, unknown>,
      ),
    )
  const before = await figures()
  bench.organization(KEY).failsWith = 'invalid_admin_key'
  bench.organization(KEY).people = []
  for (const days of [1, 1, 28, 30, 30]) {
    bench.advance(days * DAY_MS)
    await bench.scheduledSync(id)
  }
  const stale = await figures()
  for (const [index, body] of stale.entries()) {
    const { asOf } = before[index] as { asOf: Record<string, unknown> }
    expect(body).toEqual({ ...before[index], asOf: { ...asOf, stale: true } })
  }
  expect((await read()).body).toMatchObject({
    state: 'action_required',
    problem: { code: 'invalid_admin_key', since: '2026-11-25T12:00:00.000Z' },
    lastSuccessfulSyncAt: '2026-11-24T12:00:00.000Z',
  })
  expect((await read()).text).toContain('Create a new Admin key under Settings → Organization settings → Admin keys')
  expect((await edit({ adminApiKey: OTHER_KEY })).body).toMatchObject({ state: 'connected', problem: null })
  await bench.drain()
  const [users] = await figures()
  expect(users).toMatchObject({ asOf: { to: '2027-02-22', stale: false } })
  expect((await read()).body).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
})

test('Transient problems never require action', async () => {
  for (const code of ['provider_unreachable', 'provider_rate_limited', 'unexpected_reply'] as const) {
    bench.organization().failsWith = code
    await bench.scheduledSync(id)
    expect((await read()).body).toMatchObject({
      state: 'connected',
      problem: null,
      lastSync: { state: 'failed', problem: { code } },
    })
    bench.advance(HOUR_MS)
  }
})

test('Another organization’s key gives different_organization and requires action, and the data is unchanged until the right key is set', async () => {
  bench.organization(OTHER_KEY).people = [listed('somebody', { email: 'x@elsewhere.example' })]
  await edit({ adminApiKey: OTHER_KEY })
  await bench.drain()
  expect((await read()).body).toMatchObject({
    state: 'action_required',
    problem: { code: 'different_organization' },
    counts: { members: 2, guests: 1 },
  })
  const users = await bench.request('GET', `/integrations/${id}/users`)
  expect(users.body).toMatchObject({ items: [{ id: 'ana' }, { id: 'bob' }, { id: 'cyn' }] })
  await edit({ adminApiKey: KEY })
  await bench.drain()
  expect((await read()).body).toMatchObject({ state: 'connected', problem: null })
})

test('An edit needs a visible integration and at least one field, all of them editable', async () => {
  expect((await edit({})).status).toBe(400)
  expect((await edit({ provider: 'openai', name: 'X' })).body).toMatchObject({ errors: [{ field: 'provider' }] })
  const unknown = await bench.request('PATCH', '/integrations/01K0000000000000000000NONE', { json: { name: 'X' } })
  expect(unknown.body).toMatchObject({ code: 'not_found' })
})

test('A sync that could not be queued does not block the slot', async () => {
  bench.queue.failsWith = new Error('the queue refused')
  const start = () => bench.request('POST', `/integrations/${id}/syncs`)
  expect((await start()).status).toBe(500)
  expect((await read()).body).toMatchObject({ lastSync: { state: 'failed', problem: { code: 'interrupted' } } })
  bench.queue.failsWith = null
  expect((await start()).status).toBe(202)
  expect((await start()).body).toMatchObject({ code: 'sync_in_progress' })
})
