import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { publishedGenerations } from '../../shared/integrations/integration.ts'
import { runSync } from '../../functions/sync/run-sync.ts'
import { ORG, rowsIn, rowsOf, writtenBy } from '../builders.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

let bench: SyncBench

async function begin(options?: Parameters<typeof startSyncBench>[0]) {
  bench = await startSyncBench(options)
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob'), listed('cyn')]
  bench.organization.rows = [
    used('ana', '2026-11-24', 5),
    used('bob', '2026-09-26', 3),
    used('gone', '2026-11-01', 2),
    used(null, '2026-11-02', 7),
  ]
}

beforeEach(() => begin())
afterEach(() => bench.close())

test('A sync publishes the members and the whole window, and records what it read and wrote', async () => {
  expect(await bench.sync()).toBe('succeeded')
  const integration = await bench.integration()
  const window = { from: '2026-09-26', to: '2026-11-24' }
  expect(integration.published).toMatchObject({
    dataSets: { directory: { window }, usage: { window } },
    counts: { members: 3, guests: 0, inUse: 2, unused: 1, noData: 0 },
    inferredDomains: ['acme.example'],
  })
  expect(integration.lastSync).toMatchObject({
    state: 'succeeded',
    dataSets: { directory: { rows: 3, written: 3 }, usage: { rows: 4, written: 4 } },
    removedUsers: 0,
    problem: null,
  })
  expect(integration).toMatchObject({ lease: null, record: { syncId: integration.lastSync?.id, window } })
})

test('A second sync without changes writes no users and no usage rows, and publishes the same snapshot again', async () => {
  await bench.sync()
  const first = await bench.integration()
  bench.advance(3_600_000)
  await bench.sync()
  const second = await bench.integration()
  expect(writtenBy(second.lastSync)).toEqual({ directory: 0, usage: 0 })
  expect(publishedGenerations(second.published)).toEqual(publishedGenerations(first.published))
  expect(second.published?.dataSets.directory.syncId).toBe(second.lastSync?.id)
  expect(second.lastSync?.dataSets).toMatchObject({
    directory: { unchanged: true, rows: 3, problem: null },
    usage: { unchanged: true, rows: 4, problem: null },
  })
})

test('A new day alone rewrites no usage and only deletes the day that left the window', async () => {
  await bench.sync()
  bench.advance(86_400_000)
  await bench.sync()
  const integration = await bench.integration()
  expect(integration.published?.dataSets['usage']?.window).toEqual({ from: '2026-09-27', to: '2026-11-25' })
  expect(writtenBy(integration.lastSync)).toEqual({ directory: 0, usage: 1 })
})

test('Revised days are changed, and rows that disappeared are deleted', async () => {
  await bench.sync()
  bench.organization.rows = [used('ana', '2026-11-24', 6), used(null, '2026-11-02', 7), used('gone', '2026-11-01', 2)]
  bench.advance(60_000)
  await bench.sync()
  const { usage } = (await bench.published()).series
  expect(rowsOf(usage, 'ana')).toEqual([used('ana', '2026-11-24', 6)])
  expect(rowsOf(usage, 'bob')).toEqual([])
  const { window } = usage
  const record = await bench.dependencies.records.readRecord(ORG, window)
  expect(rowsIn(record.series.usage).toSorted((a, b) => a.day.localeCompare(b.day))).toEqual([
    used('gone', '2026-11-01', 2),
    used(null, '2026-11-02', 7),
    used('ana', '2026-11-24', 6),
  ])
})

test('A member is removed by the next successful sync, not by a failed one', async () => {
  await bench.sync()
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
  bench.organization.failsWith = 'provider_unreachable'
  bench.advance(60_000)
  expect(await bench.sync()).toBe('failed')
  expect((await bench.published()).people.map((person) => person.removedAt)).toEqual([null, null, null])
  bench.organization.failsWith = null
  expect(await bench.sync()).toBe('succeeded')
  expect((await bench.integration()).lastSync?.removedUsers).toBe(1)
  expect((await bench.published()).people.find((person) => person.userId === 'cyn')?.removedAt).toBe(
    '2026-11-24T10:01:00.000Z',
  )
})

test('A key that stops working requires action and keeps the data, and one success clears the problem', async () => {
  await bench.sync()
  bench.organization.failsWith = 'invalid_admin_key'
  bench.advance(60_000)
  await bench.sync()
  expect((await bench.integration()).problem).toMatchObject({
    code: 'invalid_admin_key',
    since: '2026-11-24T10:01:00.000Z',
  })
  bench.advance(60_000)
  await bench.sync()
  expect((await bench.integration()).problem?.since).toBe('2026-11-24T10:01:00.000Z')
  expect((await bench.published()).people).toHaveLength(3)
  bench.organization.failsWith = null
  await bench.sync()
  expect((await bench.integration()).problem).toBeNull()
})

test('A key missing in the key store requires action at once and keeps the data, and setting a key clears it', async () => {
  await bench.sync()
  bench.stored.isMissing = true
  bench.advance(60_000)
  expect(await bench.sync()).toBe('failed')
  const { problem, lastSync } = await bench.integration()
  expect(problem?.code).toBe('admin_key_missing')
  expect(lastSync).toMatchObject({
    problem: { code: 'admin_key_missing' },
    dataSets: { directory: { problem: 'admin_key_missing' }, usage: { problem: 'admin_key_missing' } },
  })
  expect((await bench.published()).people).toHaveLength(3)
  bench.stored.isMissing = false
  bench.advance(60_000)
  await bench.sync()
  expect((await bench.integration()).problem).toBeNull()
})

test('A key that is set while a sync finds none is not reported as missing', async () => {
  bench.stored.isMissing = true
  const { keys } = bench.dependencies
  const sync = runSync(
    { kind: 'sync', integrationId: ORG, syncId: bench.nextId(), trigger: 'schedule', deliveryCount: 1 },
    {
      ...bench.dependencies,
      keys: {
        findKey: async (id) => {
          const found = await keys.findKey(id)
          await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, keyVersion: 2 }))
          return found
        },
      },
    },
  )
  expect(await sync).toBe('failed')
  expect((await bench.integration()).problem).toBeNull()
})

test('Transient problems never require action', async () => {
  bench.organization.failsWith = 'provider_rate_limited'
  await bench.sync()
  const integration = await bench.integration()
  expect(integration.problem).toBeNull()
  expect(integration.lastSync?.problem?.code).toBe('provider_rate_limited')
})

test('A late failure with an older key sets no problem', async () => {
  bench.organization.failsWith = 'invalid_admin_key'
  bench.organization.whileReading = async () => {
    await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, keyVersion: 2 }))
  }
  await bench.sync()
  const integration = await bench.integration()
  expect(integration.problem).toBeNull()
  expect(integration.lastSync?.state).toBe('failed')
})

test('An empty listing is implausible, however often it comes', async () => {
  await bench.sync()
  bench.organization.people = []
  for (let attempt = 0; attempt < 3; attempt += 1) {
    bench.advance(3_600_000)
    expect(await bench.sync()).toBe('failed')
  }
  expect((await bench.integration()).lastSync?.problem?.code).toBe('implausible_listing')
})

test('A listing without most of the stored people is accepted when repeated ten minutes later, not earlier', async () => {
  bench.organization.people = Array.from({ length: 20 }, (_, index) => listed(`user-${index + 10}`))
  await bench.sync()
  bench.organization.people = bench.organization.people.slice(0, 9)
  bench.advance(60_000)
  expect(await bench.sync()).toBe('failed')
  bench.advance(9 * 60_000)
  expect(await bench.sync()).toBe('failed')
  bench.advance(60_000)
  expect(await bench.sync()).toBe('succeeded')
  expect((await bench.integration()).lastSync?.removedUsers).toBe(11)
})

test('A key of another organization requires action and leaves the data unchanged', async () => {
  await bench.sync()
  bench.organization.people = [listed('zoe'), listed('yan')]
  bench.advance(60_000)
  expect(await bench.sync()).toBe('failed')
  expect((await bench.integration()).problem?.code).toBe('different_organization')
  expect((await bench.published()).people.map((person) => person.userId)).toEqual(['ana', 'bob', 'cyn'])
})

test('A scheduled message that finds the slot taken is dropped, and the queued sync runs', async () => {
  const queued = bench.nextId()
  await bench.queue('manual', queued)
  expect(await bench.sync()).toBe('slot_taken')
  expect(await bench.sync({ syncId: queued, trigger: 'manual' })).toBe('succeeded')
  expect((await bench.integration()).lastSync).toMatchObject({ id: queued, trigger: 'manual' })
})

test('An ended sync never reopens', async () => {
  const syncId = bench.nextId()
  await bench.sync({ syncId })
  expect(await bench.sync({ syncId })).toBe('already_ended')
})

test('A redelivered message resumes its own sync only after the lease has expired', async () => {
  const syncId = bench.nextId()
  let redelivered: string | undefined
  bench.organization.whileReading = async () => {
    bench.organization.whileReading = () => Promise.resolve()
    redelivered = await bench.sync({ syncId })
    bench.advance(900_001)
    expect(await bench.sync({ syncId })).toBe('succeeded')
  }
  await expect(bench.sync({ syncId })).rejects.toThrow('The lease is about to end')
  expect(redelivered).toBe('slot_taken')
  expect((await bench.integration()).lastSync).toMatchObject({ id: syncId, state: 'succeeded' })
})

test('A displaced newest sync moves to the history', async () => {
  const first = bench.nextId()
  await bench.sync({ syncId: first })
  await bench.sync()
  const history = await bench.dependencies.syncs.listSyncs(ORG, { limit: 10 })
  expect(history.map((sync) => [sync.id, sync.state])).toEqual([[first, 'succeeded']])
})

test('After an internal error the message returns to the queue and resumes at once, and the third delivery ends the sync', async () => {
  const syncId = bench.nextId()
  bench.organization.whileReading = () => Promise.reject(new Error('a bug'))
  await expect(bench.sync({ syncId, deliveryCount: 1 })).rejects.toThrow('a bug')
  expect((await bench.integration()).lastSync?.state).toBe('running')
  await expect(bench.sync({ syncId, deliveryCount: 2 })).rejects.toThrow('a bug')
  await expect(bench.sync({ syncId, deliveryCount: 3 })).rejects.toThrow('a bug')
  expect((await bench.integration()).lastSync).toMatchObject({ state: 'failed', problem: { code: 'internal_error' } })
})

test('Days are UTC: a sync at 23:59:59.999 ends its window that day, one a millisecond later the next', async () => {
  bench.clock.now = new Date('2026-11-24T23:59:59.999Z')
  await bench.sync()
  expect((await bench.integration()).published?.dataSets.directory.window.to).toBe('2026-11-24')
  bench.advance(1)
  await bench.sync()
  expect((await bench.integration()).published?.dataSets.directory.window.to).toBe('2026-11-25')
})
