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

test('A departure of more than half is accepted ten minutes later, even if a person joins before the next sync', async () => {
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

test('Another failure in between does not delay that', async () => {
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

test('When most people are found again, an earlier departure no longer counts', async () => {
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
