import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { listed, startSyncBench, type SyncBench } from './sync-bench.ts'

/* The rule itself is tested as values in test/data-sets/mass-departure.test.ts; here, that it survives being stored. */

let bench: SyncBench
const ALL = Array.from({ length: 40 }, (_, index) => listed(`user-${index}`, index === 0 ? { role: 'owner' } : {}))

beforeEach(async () => {
  bench = await startSyncBench()
  bench.organization.people = ALL
  await bench.sync()
})
afterEach(() => bench.close())

test('More than half left, and somebody joins before the next sync: ten minutes later it is believed', async () => {
  bench.organization.people = ALL.slice(0, 15)
  bench.advance(60_000)
  expect(await bench.sync()).toBe('failed')
  expect((await bench.integration()).lastSync?.problem?.code).toBe('implausible_listing')

  bench.organization.people = [...ALL.slice(0, 15), listed('user-new')]
  bench.advance(599_999)
  expect(await bench.sync()).toBe('failed')
  bench.advance(1)
  expect(await bench.sync()).toBe('succeeded')
  const { lastSync, implausible, published } = await bench.integration()
  expect([lastSync?.removedUsers, implausible, published?.counts.members]).toEqual([25, null, 16])
})

test('A reading that fails otherwise in between puts nothing off', async () => {
  bench.organization.people = ALL.slice(0, 15)
  bench.advance(60_000)
  await bench.sync()
  bench.organization.failsWith = 'provider_unreachable'
  bench.advance(300_000)
  await bench.sync()
  bench.organization.failsWith = null
  bench.advance(300_000)
  expect(await bench.sync()).toBe('succeeded')
})

test('Once most were found again, an earlier departure is forgotten', async () => {
  bench.organization.people = ALL.slice(0, 15)
  bench.advance(60_000)
  await bench.sync()
  bench.organization.people = ALL
  bench.advance(60_000)
  expect(await bench.sync()).toBe('succeeded')
  bench.organization.people = ALL.slice(0, 15)
  bench.advance(3_600_000)
  expect(await bench.sync()).toBe('failed')
})
