import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Invite } from '../../shared/data-sets/invites/invites.ts'
import { ProviderError } from '../../shared/domain/problem.ts'
import { type ApiBench, startApiBench } from './api-bench.ts'

function anInvite(id: string, overrides: Partial<Invite> = {}): Invite {
  return {
    id,
    email: `${id}@acme.example`,
    role: 'reader',
    invitedAt: '2026-11-20T00:00:00.000Z',
    expiresAt: '2026-11-27T00:00:00.000Z',
    status: 'pending',
    ...overrides,
  }
}

let bench: ApiBench
let id: string
let found: readonly Invite[] | Error
beforeEach(async () => {
  bench = await startApiBench()
  found = [
    anInvite('old', { invitedAt: '2026-10-01T00:00:00.000Z', status: 'expired', expiresAt: null }),
    anInvite('new', { invitedAt: '2026-11-23T00:00:00.000Z' }),
    anInvite('soon', { expiresAt: '2026-11-24T12:30:00.000Z' }),
    anInvite('late', { expiresAt: '2026-11-24T12:00:00.000Z' }),
    anInvite('undated', { invitedAt: null, expiresAt: null, email: null, role: null }),
  ]
  const read = () => {
    if (found instanceof Error) throw found
    return { items: found, rows: found.length, isComplete: true }
  }
  bench.organization().lists['invites'] = { check: async () => void read(), read: async () => read() }
})
afterEach(() => bench.close())

const get = (path: string) => bench.request('GET', `/integrations/${id}${path}`)

test('Invitations are listed with the newest first; a pending one past its expiry is expired', async () => {
  id = await bench.connected()
  const { body } = await get('/invites')
  expect(body).toMatchObject({ total: 5, nextCursor: null, asOf: { syncedAt: '2026-11-24T12:00:00.000Z' } })
  const { items } = body as { items: Invite[] }
  expect(items.map((invite) => [invite.id, invite.status])).toEqual([
    ['new', 'pending'],
    ['late', 'expired'],
    ['soon', 'pending'],
    ['old', 'expired'],
    ['undated', 'pending'],
  ])
  expect(items[0]).toEqual(anInvite('new', { invitedAt: '2026-11-23T00:00:00.000Z' }))
})

test('They expire with the next sync, not with the clock, and licenses count the pending ones', async () => {
  id = await bench.connected()
  const pending = async () => ((await get('/licenses')).body as { pendingInvites: number }).pendingInvites
  expect(await pending()).toBe(3)
  bench.advance(3_600_000)
  expect(await pending()).toBe(3)
  await bench.scheduledSync(id)
  expect(await pending()).toBe(2)
})

test('They come in pages and as CSV', async () => {
  id = await bench.connected()
  const first = (await get('/invites?limit=4')).body as { items: Invite[]; nextCursor: string }
  expect(first.items).toHaveLength(4)
  const rest = await get(`/invites?limit=4&cursor=${encodeURIComponent(first.nextCursor)}`)
  expect(rest.body).toMatchObject({ items: [{ id: 'undated' }], nextCursor: null })
  const { text } = await get('/invites?format=csv')
  expect(text.split('\r\n').slice(0, 2)).toEqual([
    'id,email,role,invitedAt,expiresAt,status',
    'new,new@acme.example,reader,2026-11-23T00:00:00.000Z,2026-11-27T00:00:00.000Z,pending',
  ])
  expect((await get('/invites?status=pending')).status).toBe(400)
})

test('When they were never read, there are none to list or count', async () => {
  found = new ProviderError('data_set_unavailable', 'invites')
  id = await bench.connected()
  expect(await get('/invites')).toMatchObject({ status: 409, body: { code: 'data_set_not_read' } })
  expect((await get('/licenses')).body).toMatchObject({ pendingInvites: null })
})
