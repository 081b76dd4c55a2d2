import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { costs } from '../../shared/data-sets/costs/costs.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { aRow, aTable, rowsOf } from '../builders.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

/*
 * “Where the provider states every day, a day that an ended sequence of pages leaves out is empty, unless requests are
 * known on it: then the reply is not believed.”
 */

let bench: SyncBench
beforeEach(async () => {
  bench = await startSyncBench()
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
})
afterEach(() => bench.close())

describe('A day that was left out', () => {
  const tokens = { requests: 0, inputTokens: 10, cachedInputTokens: 0, outputTokens: 0 }
  test.each([
    ['with stored requests is not accepted', [aRow({ day: '2026-11-20' })], true],
    ['with requests without a user is not accepted', [aRow({ day: '2026-11-20', userId: null })], true],
    ['with stored tokens only is accepted', [aRow({ day: '2026-11-20', ...tokens })], false],
    ['with requests on other days is accepted', [aRow({ day: '2026-11-19' }), aRow({ day: '2026-11-21' })], false],
    ['with no stored usage is accepted', [], false],
  ])('%s', (_title, stored, isKnown) => {
    expect(aTable(stored).hasDataOn(['2026-11-20'])).toBe(isKnown)
  })

  test('outside the stored window is accepted', () => {
    expect(aTable([aRow()]).hasDataOn(['2026-11-25', '2026-09-25'])).toBe(false)
  })
})

test('The first sync of a young organization, whose pages omit all earlier days, succeeds', async () => {
  bench.organization.rows = [used('ana', '2026-11-23', 4)]
  bench.organization.daysLeftOut = ['2026-11-21', '2026-11-22', '2026-11-24']
  expect(await bench.sync()).toBe('succeeded')
})

test('A sync that would lose stored requests fails as transient, and the data stays unchanged', async () => {
  bench.organization.rows = [used('ana', '2026-11-20', 4), used('ana', '2026-11-23', 1)]
  await bench.sync()
  bench.organization.rows = [used('ana', '2026-11-23', 1)]
  bench.organization.daysLeftOut = ['2026-11-20']
  bench.advance(60_000)
  expect(await bench.sync()).toBe('failed')
  const { lastSync, problem } = await bench.integration()
  expect(lastSync).toMatchObject({
    problem: { code: 'unexpected_reply', dataSet: 'usage' },
    dataSets: { directory: { problem: null }, usage: { problem: 'unexpected_reply' } },
  })
  expect(problem).toBeNull()
  expect(rowsOf((await bench.published()).series.usage, 'ana')).toHaveLength(2)
})

test('A day reported without rows is revised', async () => {
  bench.organization.rows = [used('ana', '2026-11-20', 4)]
  await bench.sync()
  bench.organization.rows = []
  bench.advance(60_000)
  expect(await bench.sync()).toBe('succeeded')
  expect((await bench.published()).series.usage.rowCount).toBe(0)
})

test('Costs that leave out a day with requests are not believed, unless it is one of the last two', async () => {
  bench.organization.rows = [used('ana', '2026-11-20', 4), used('ana', '2026-11-23', 1)]
  Object.assign(bench.dependencies, { optionalDataSets: ['costs'] })
  const read = async (daysLeftOut: readonly string[]) => {
    bench.organization.series['costs'] = {
      check: async () => undefined,
      read: async (window) => ({ table: new DayTableBuilder(costs, window).build(), rows: 0, daysLeftOut }),
    }
    bench.advance(60_000)
    expect(await bench.sync()).toBe('succeeded')
    return (await bench.integration()).lastSync?.dataSets['costs']?.problem
  }
  expect(await read(['2026-11-20'])).toBe('unexpected_reply')
  expect(await read(['2026-11-19', '2026-11-23'])).toBeNull()
})
