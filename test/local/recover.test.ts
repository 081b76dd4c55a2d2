import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type EmulatedTable, startEmulatedTable } from '../../local/services/emulated-table.ts'
import { ulid } from 'ulid'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { recover } from '../../local/services/recover.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import { queuedSync } from '../../shared/integrations/sync-slot.ts'
import type { Sync } from '../../shared/integrations/sync.ts'
import { createRepositories, type Repositories } from '../../shared/storage/repositories.ts'
import { FakeKeyStore } from '../fakes/fake-key-store.ts'
import { FakeQueue } from '../fakes/fake-queue.ts'
import { anIntegration, NO_SUMMARY, ORG } from '../builders.ts'

const NOW = new Date('2026-11-24T13:00:00.000Z')
const OLD_ID = '01K0000000000000000000SYN0'
const WAITING_ID = '01K0000000000000000000SYN2'
const NEW_ID = '01K0000000000000000000SYN1'
const schedules = [
  { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true },
  { name: 'weekly', expression: 'rate(7 days)', timeZone: 'UTC', default: false },
]

let emulator: EmulatedTable
let repositories: Repositories
let queue: FakeQueue
let keys: FakeKeyStore

beforeEach(async () => {
  emulator = await startEmulatedTable()
  repositories = createRepositories(emulator.table)
  queue = new FakeQueue()
  keys = new FakeKeyStore()
})
afterEach(() => emulator.close())

async function recoverWith(overrides: Partial<Integration>): Promise<Integration | undefined> {
  await repositories.integrations.createIntegration(anIntegration(overrides))
  await recover({
    ...repositories,
    keys,
    queue,
    schedules,
    now: () => NOW,
    newId: () => NEW_ID,
  })
  return repositories.integrations.findIntegration(ORG)
}

function aSync(overrides: Partial<Sync>): Sync {
  return { ...queuedSync(OLD_ID, 'manual', new Date('2026-11-24T12:30:00.000Z')), ...overrides }
}

test('A running sync ends as interrupted, and a new one is queued', async () => {
  const lastSync = aSync({ state: 'running', startedAt: '2026-11-24T12:30:00.000Z' })
  const lease = { expiresAt: '2026-11-24T13:10:00.000Z', attempt: 1 }
  const after = await recoverWith({ lastSync, lease })
  expect(after).toMatchObject({ lastSync: { state: 'failed', problem: { code: 'interrupted' } }, lease: null })
  expect(queue.messages).toEqual([{ kind: 'sync', integrationId: ORG, syncId: NEW_ID, trigger: 'schedule' }])
})

/** What the previous process had published when it was killed. */
function published(syncId: string): Integration['published'] {
  const window = { from: '2026-09-26', to: '2026-11-24' }
  const syncedAt = '2026-11-24T12:31:00.000Z'
  const directory = { syncId, syncedAt, window, generation: `directory.${syncId}.1`, parts: 1, digest: null }
  const counts = { members: 1, guests: 0, inUse: 0, unused: 0, noData: 1 }
  return { dataSets: { directory }, summary: NO_SUMMARY, counts, inferredDomains: [] }
}

const RECORD = { window: { from: '2026-09-26', to: '2026-11-24' } }
const LEASE = { expiresAt: '2026-11-24T13:10:00.000Z', attempt: 1 }

test('A sync that was killed while it wrote the record is queued again with its id, and its lease ends', async () => {
  const lastSync = aSync({ state: 'succeeded' })
  const killed = { lastSync, lease: LEASE, published: published(OLD_ID) }
  const after = await recoverWith({ ...killed, record: { ...RECORD, syncId: null } })
  expect(after).toMatchObject({ lastSync, lease: null })
  expect(queue.messages).toEqual([{ kind: 'sync', integrationId: ORG, syncId: OLD_ID, trigger: 'manual' }])
})

test('A sync whose record was written is not queued again', async () => {
  const ended = { lastSync: aSync({ state: 'succeeded' }), published: published(OLD_ID) }
  await recoverWith({ ...ended, record: { ...RECORD, syncId: OLD_ID } })
  expect(queue.messages).toEqual([])
})

test('A sync that waited for a record that a crash cut short takes the slot', async () => {
  const waitingSync = queuedSync(WAITING_ID, 'manual', NOW)
  const killed = { lastSync: aSync({ state: 'succeeded' }), lease: LEASE, published: published(OLD_ID) }
  const after = await recoverWith({ ...killed, waitingSync, record: { ...RECORD, syncId: null } })
  expect(after).toMatchObject({ lastSync: { id: WAITING_ID, state: 'queued' }, waitingSync: null, lease: null })
  expect(queue.messages).toEqual([{ kind: 'sync', integrationId: ORG, syncId: WAITING_ID, trigger: 'manual' }])
})

test('A queued sync is queued again with its id, and its half hour restarts', async () => {
  const after = await recoverWith({ lastSync: aSync({ queuedAt: '2026-11-20T00:00:00.000Z' }) })
  expect(after?.lastSync).toMatchObject({ id: OLD_ID, state: 'queued', queuedAt: NOW.toISOString() })
  expect(queue.messages).toEqual([{ kind: 'sync', integrationId: ORG, syncId: OLD_ID, trigger: 'manual' }])
})

test('An unfinished connection is removed completely: key, name and item', async () => {
  await repositories.names.reserveName(
    'Acme',
    { integrationId: ORG, reservationId: ulid(NOW.getTime()) },
    async () => false,
  )
  expect(await recoverWith({ lifecycle: 'pending' })).toBeUndefined()
  expect(keys.destroyed).toEqual([ORG])
  expect(await repositories.names.findHolder('Acme')).toBeUndefined()
  expect(queue.messages).toEqual([])
})

test.each([
  ['2026-11-24T12:30:00.000Z', null, 0],
  ['2026-11-24T11:30:00.000Z', null, 1],
  ['2026-11-24T11:30:00.000Z', 'weekly', 0],
  ['2026-11-10T11:30:00.000Z', 'weekly', 1],
  ['2026-11-24T11:30:00.000Z', 'gone', 1],
])('Synced at %s on the schedule %s, at 13:00 it has missed %d runs', async (queuedAt, schedule, missed) => {
  await recoverWith({ schedule, lastSync: aSync({ state: 'succeeded', queuedAt }) })
  expect(queue.messages).toHaveLength(missed)
})

test('An interrupted deletion is finished: the key destroyed, the name free, the purge sent', async () => {
  await repositories.names.reserveName(
    'Acme',
    { integrationId: ORG, reservationId: ulid(NOW.getTime()) },
    async () => false,
  )
  await keys.putKey(ORG, 1, new AdminApiKey('sk-admin-test-0000abcd'))
  const lease = { expiresAt: '2026-11-24T13:10:00.000Z', attempt: 1 }
  const after = await recoverWith({ lifecycle: 'deleting', lastSync: aSync({ state: 'running' }), lease })
  expect(after).toMatchObject({ lifecycle: 'deleting', lease: null })
  expect(keys.stored.size).toBe(0)
  expect(await repositories.names.findHolder('Acme')).toBeUndefined()
  expect(queue.messages).toEqual([{ kind: 'purge', integrationId: ORG }])
})

test('A deletion during which a crash cut the record short is finished too', async () => {
  const killed = { lastSync: aSync({ state: 'succeeded' }), lease: LEASE, published: published(OLD_ID) }
  const after = await recoverWith({ ...killed, lifecycle: 'deleting', record: { ...RECORD, syncId: null } })
  // A purge waits for a lease.
  expect(after).toMatchObject({ lifecycle: 'deleting', lease: null })
  expect(queue.messages).toEqual([{ kind: 'purge', integrationId: ORG }])
})

const EDIT = {
  id: '01K0000000000000000000ED10',
  startedAt: '2026-11-24T12:59:59.000Z',
  fields: { name: 'Renamed', schedule: 'weekly', keyExpiresAt: '2027-01-01T00:00:00.000Z' },
  key: { keyVersion: 2, keyHint: 'WXYZ', dataSetProblems: {} },
}

test('An edit that crashed after its key was stored is applied completely, and its sync is queued', async () => {
  await repositories.names.reserveName('Acme', { integrationId: ORG, reservationId: ulid(1) }, async () => false)
  await repositories.names.reserveName('Renamed', { integrationId: ORG, reservationId: ulid(2) }, async () => false)
  await keys.putKey(ORG, 2, new AdminApiKey('sk-admin-test-0000WXYZ'))
  const after = await recoverWith({ pendingEdit: EDIT, lastSync: aSync({ state: 'succeeded' }) })
  expect(after).toMatchObject({ ...EDIT.fields, ...EDIT.key, pendingEdit: null, lastSync: { trigger: 'key_change' } })
  expect(queue.syncs).toMatchObject([{ syncId: after?.lastSync?.id, trigger: 'key_change' }])
  expect(await repositories.names.findHolder('Acme')).toBeUndefined()
  expect((await repositories.names.findHolder('Renamed'))?.integrationId).toBe(ORG)
})

test('An edit that crashed before its key was stored is dropped, and the name it took is free', async () => {
  await repositories.names.reserveName('Acme', { integrationId: ORG, reservationId: ulid(1) }, async () => false)
  await repositories.names.reserveName('Renamed', { integrationId: ORG, reservationId: ulid(2) }, async () => false)
  await keys.putKey(ORG, 1, new AdminApiKey('sk-admin-test-0000abcd'))
  const after = await recoverWith({ pendingEdit: EDIT, lastSync: aSync({ state: 'succeeded' }) })
  expect(after).toMatchObject({ name: 'Acme', schedule: null, keyVersion: 1, keyHint: 'abcd', pendingEdit: null })
  expect(queue.messages).toEqual([])
  expect((await repositories.names.findHolder('Acme'))?.integrationId).toBe(ORG)
  expect(await repositories.names.findHolder('Renamed')).toBeUndefined()
})

test('A key newer than the integration’s is adopted, even without a recorded edit', async () => {
  await keys.putKey(ORG, 3, new AdminApiKey('sk-admin-test-0000WXYZ'))
  const after = await recoverWith({ keyExpiresAt: '2027-01-01T00:00:00.000Z', lastSync: aSync({ state: 'succeeded' }) })
  expect(after).toMatchObject({ keyVersion: 3, keyHint: 'WXYZ', keyExpiresAt: null })
})

test('A sync that waited for a crashed one takes the slot', async () => {
  const waitingSync = queuedSync(WAITING_ID, 'key_change', NOW)
  const after = await recoverWith({ lastSync: aSync({ state: 'running' }), waitingSync })
  expect(after).toMatchObject({ lastSync: { id: WAITING_ID, state: 'queued' }, waitingSync: null })
  expect(queue.syncs).toMatchObject([{ syncId: WAITING_ID, trigger: 'key_change' }])
})
