import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type EmulatedTable, startEmulatedTable } from '../../infra/local/emulated-table.ts'
import { recover } from '../../infra/local/recover.ts'
import type { Integration } from '../../shared/domain/integration.ts'
import { queuedSync } from '../../shared/domain/sync-slot.ts'
import type { Sync } from '../../shared/domain/sync.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { anIntegration, ORG } from '../builders.ts'

const NOW = new Date('2026-11-24T13:00:00.000Z')
const OLD_ID = '01K0000000000000000000SYN0'
const NEW_ID = '01K0000000000000000000SYN1'
const schedules = [
  { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true },
  { name: 'weekly', expression: 'rate(7 days)', timeZone: 'UTC', default: false },
]

let emulator: EmulatedTable
let integrations: IntegrationRepository
let names: NameRepository
let sent: SyncMessage[]
let destroyed: string[]

beforeEach(async () => {
  emulator = await startEmulatedTable()
  integrations = new IntegrationRepository(emulator.table)
  names = new NameRepository(emulator.table)
  sent = []
  destroyed = []
})
afterEach(() => emulator.close())

async function recoverWith(overrides: Partial<Integration>): Promise<Integration | undefined> {
  await integrations.createIntegration(anIntegration(overrides))
  await recover({
    integrations,
    names,
    keys: { putKey: async () => {}, destroyKey: async (id) => void destroyed.push(id) },
    queue: { send: async (message) => void sent.push(message) },
    schedules,
    now: () => NOW,
    newId: () => NEW_ID,
  })
  return integrations.findIntegration(ORG)
}

function aSync(overrides: Partial<Sync>): Sync {
  return { ...queuedSync(OLD_ID, 'manual', new Date('2026-11-24T12:30:00.000Z')), ...overrides }
}

test('A running sync ends as interrupted, and a new one is queued', async () => {
  const lastSync = aSync({ state: 'running', startedAt: '2026-11-24T12:30:00.000Z' })
  const lease = { expiresAt: '2026-11-24T13:10:00.000Z', attempt: 1, keyVersion: 1 }
  const after = await recoverWith({ lastSync, lease })
  expect(after).toMatchObject({ lastSync: { state: 'failed', problem: { code: 'interrupted' } }, lease: null })
  expect(sent).toEqual([{ integrationId: ORG, syncId: NEW_ID, trigger: 'schedule' }])
})

test('A queued sync is queued again under its own id, with its half hour begun anew', async () => {
  const after = await recoverWith({ lastSync: aSync({ queuedAt: '2026-11-20T00:00:00.000Z' }) })
  expect(after?.lastSync).toMatchObject({ id: OLD_ID, state: 'queued', queuedAt: NOW.toISOString() })
  expect(sent).toEqual([{ integrationId: ORG, syncId: OLD_ID, trigger: 'manual' }])
})

test('An unfinished connection goes wholly: its key, its name, its item', async () => {
  await names.reserveName('Acme', ORG, async () => false)
  expect(await recoverWith({ lifecycle: 'pending' })).toBeUndefined()
  expect(destroyed).toEqual([ORG])
  expect(await names.findHolder('Acme')).toBeUndefined()
  expect(sent).toEqual([])
})

test.each([
  ['2026-11-24T12:30:00.000Z', null, 0],
  ['2026-11-24T11:30:00.000Z', null, 1],
  ['2026-11-24T11:30:00.000Z', 'weekly', 0],
  ['2026-11-10T11:30:00.000Z', 'weekly', 1],
  ['2026-11-24T11:30:00.000Z', 'gone', 1],
])('Synced at %s on the schedule %s, at 13:00 it has missed %d runs', async (queuedAt, schedule, missed) => {
  await recoverWith({ schedule, lastSync: aSync({ state: 'succeeded', queuedAt }) })
  expect(sent).toHaveLength(missed)
})

test('What is being deleted is left to the dispatch', async () => {
  expect(await recoverWith({ lifecycle: 'deleting' })).toMatchObject({ lifecycle: 'deleting' })
  expect(sent).toEqual([])
})
