import { expect, test } from '@jest/globals'
import { ASSUMPTIONS } from '../../../tools/costs/assumptions.ts'
import type { Counts } from '../../../tools/costs/counts.ts'
import { costOf, monthlyUse, syncsAtOnceNeeded, syncUnitsOfMonth } from '../../../tools/costs/monthly-cost.ts'
import { PRICES } from '../../../tools/costs/prices.ts'

const units = (writeUnits: number, readUnits: number) => ({ requests: 1, writeUnits, readUnits })
const counts: Counts = {
  countedOn: '2026-11-24',
  syncs: {
    first: units(9_999, 9_999),
    newDay: units(300, 30),
    changedDay: units(200, 20),
    quiet: units(100, 10),
    quietAgain: units(1, 1),
  },
  syncSeconds: 10,
  answer: units(0, 5),
  summary: units(0, 2),
  integrationBytes: 1_000,
  tableBytes: 10_000_000,
  snapshotParts: 1,
  providers: {},
  stack: { alarms: 8, overviews: 1, metrics: 7, signingKeys: 1 },
}
const input = { counts, assumptions: ASSUMPTIONS }

test('A month has thirty times the units of a day’s four syncs: one new day, two with changes, one without', () => {
  expect(syncUnitsOfMonth(input)).toEqual({ requests: 120, writeUnits: 24_000, readUnits: 2_400 })
})

test('Reads include the syncs, the calls, listing all integrations 120 times for dispatch and 3 times for each of 720 clean-ups, which read all summaries', () => {
  // 100 integrations of 1,000 bytes take 25 units to list.
  const { readUnits } = monthlyUse(100, input)
  expect(readUnits * 1_000_000).toBeCloseTo(100 * 2_400 + 100 * 200 * 5 + (120 + 3 * 720) * 25 + 720 * 100 * 2)
})

test('The queue gets one request per ten sent messages, two per received message, and empty polls', () => {
  expect(monthlyUse(100, input).queueRequests * 1_000_000).toBeCloseTo(10 * 120 + 2 * 12_000 + 648_000)
})

test('Function time is GB-seconds of all runs', () => {
  expect(monthlyUse(100, input).functionSeconds).toBeCloseTo(12_000 * 10 + 20_000 * 0.3 + 120 * 0.5 * 10 + 720 * 10)
})

test('Alarms, metrics, the dashboard and the signing key cost the same for any number of integrations', () => {
  for (const integrations of [1, 10_000]) {
    expect(
      costOf(monthlyUse(integrations, input), ['alarms', 'metrics', 'overviews', 'signingKeys'], PRICES),
    ).toBeCloseTo(8 * 0.1 + 7 * 0.3 + 3 + 1)
  }
})

test('A deployment without integrations has a bill, and each integration adds the same to it', () => {
  const names = Object.keys(PRICES).filter((name): name is keyof typeof PRICES => name in PRICES)
  const bill = (integrations: number) => costOf(monthlyUse(integrations, input), names, PRICES)
  expect(bill(0)).toBeGreaterThan(8 * 0.1 + 7 * 0.3 + 3 + 1)
  expect((bill(10_000) - bill(0)) / 10_000).toBeCloseTo(bill(1) - bill(0), 2)
})

test('Enough syncs run concurrently to end before the next ones are due six hours later', () => {
  expect([1, 2_160, 2_161, 10_000].map((each) => syncsAtOnceNeeded(each, input))).toEqual([1, 1, 2, 5])
})
