import { expect, test } from '@jest/globals'
import { listed } from '../sync/sync-bench.ts'
import { KEY, OTHER_KEY } from './api-bench.ts'
import { connectedAcme } from './connected-acme.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const acme = connectedAcme()

test('With a key revoked for 90 days the figures stay and are stale, and the answer explains the fix; a new key restores all', async () => {
  const figures = () =>
    Promise.all(
      ['users', 'usage?groupBy=user', 'usage?groupBy=day', 'licenses', 'users/ana/usage'].map(
        async (path) =>
          (await acme.bench.request('GET', `/integrations/${acme.id}/${path}`)).body as Record<string, unknown>,
      ),
    )
  const before = await figures()
  acme.bench.organization(KEY).failsWith = 'invalid_admin_key'
  acme.bench.organization(KEY).people = []
  for (const days of [1, 1, 28, 30, 30]) {
    acme.bench.advance(days * DAY_MS)
    await acme.bench.scheduledSync(acme.id)
  }
  const stale = await figures()
  for (const [index, body] of stale.entries()) {
    const { asOf } = before[index] as { asOf: Record<string, unknown> }
    expect(body).toEqual({ ...before[index], asOf: { ...asOf, stale: true } })
  }
  expect((await acme.read()).body).toMatchObject({
    state: 'action_required',
    problem: { code: 'invalid_admin_key', since: '2026-11-25T12:00:00.000Z' },
    lastSuccessfulSyncAt: '2026-11-24T12:00:00.000Z',
  })
  expect((await acme.read()).text).toContain(
    'Create a new Admin key under Settings → Organization settings → Admin keys',
  )
  expect((await acme.edit({ adminApiKey: OTHER_KEY })).body).toMatchObject({ state: 'connected', problem: null })
  await acme.bench.drain()
  const [users] = await figures()
  expect(users).toMatchObject({ asOf: { to: '2027-02-22', stale: false } })
  expect((await acme.read()).body).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
})

test('A failed sync that was refused everything takes nothing from the sources: what was read still counts', async () => {
  const sources = async () => (await acme.bench.request('GET', `/integrations/${acme.id}/licenses`)).body
  const before = await sources()
  expect(before).toMatchObject({ sources: ['usage', 'other_usage', 'keys'] })
  for (const code of ['insufficient_permissions', 'data_set_unavailable'] as const) {
    acme.bench.organization(KEY).failsWith = code
    await acme.bench.scheduledSync(acme.id)
    expect((await acme.read()).body).toMatchObject({ lastSync: { state: 'failed', problem: { code } } })
    expect(await sources()).toEqual(before)
  }
})

test('Transient problems never require action', async () => {
  for (const code of ['provider_unreachable', 'provider_rate_limited', 'unexpected_reply'] as const) {
    acme.bench.organization().failsWith = code
    await acme.bench.scheduledSync(acme.id)
    expect((await acme.read()).body).toMatchObject({
      state: 'connected',
      problem: null,
      lastSync: { state: 'failed', problem: { code } },
    })
    acme.bench.advance(HOUR_MS)
  }
})

test('Another organization’s key gives different_organization and requires action, and the data is unchanged until the right key is set', async () => {
  acme.bench.organization(OTHER_KEY).people = [listed('somebody', { email: 'x@elsewhere.example' })]
  await acme.edit({ adminApiKey: OTHER_KEY })
  await acme.bench.drain()
  expect((await acme.read()).body).toMatchObject({
    state: 'action_required',
    problem: { code: 'different_organization' },
    counts: { members: 2, guests: 1 },
  })
  const users = await acme.bench.request('GET', `/integrations/${acme.id}/users`)
  expect(users.body).toMatchObject({ items: [{ id: 'ana' }, { id: 'bob' }, { id: 'cyn' }] })
  await acme.edit({ adminApiKey: KEY })
  await acme.bench.drain()
  expect((await acme.read()).body).toMatchObject({ state: 'connected', problem: null })
})

test('A sync that could not be queued does not block the slot', async () => {
  acme.bench.queue.failsWith = new Error('the queue refused')
  const start = () => acme.bench.request('POST', `/integrations/${acme.id}/syncs`)
  expect((await start()).status).toBe(500)
  expect((await acme.read()).body).toMatchObject({ lastSync: { state: 'failed', problem: { code: 'interrupted' } } })
  acme.bench.queue.failsWith = null
  expect((await start()).status).toBe(202)
  expect((await start()).body).toMatchObject({ code: 'sync_in_progress' })
})
