import { describe, expect, test } from '@jest/globals'
import { addDays } from '../../shared/domain/day.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { WINDOW } from '../builders.ts'
import { type Facts, foundIn } from './found-in.ts'

const daysAgo = (count: number) => addDays(WINDOW.to, -count)

/** Costs of days, by how many days ago they were. */
function costsOf(amounts: Readonly<Record<number, string>>, currency = 'USD') {
  return Object.entries(amounts).map(([ago, cost]) => ({ day: daysAgo(Number(ago)), cost, currency }))
}

/** The same each day from 1 to 59 days ago, except these. */
function everyDay(cost: string, except: Readonly<Record<number, string>> = {}) {
  return costsOf({ ...Object.fromEntries(Array.from({ length: 59 }, (_, index) => [index + 1, cost])), ...except })
}

function spikesOf(facts: Partial<Facts>): string[] {
  return foundIn(facts).map(({ evidence }) =>
    evidence.type === 'spend_spike' ? `${evidence.day} ${evidence.amount} ${evidence.currency}` : evidence.type,
  )
}

describe.each(['openai', 'anthropic'])('At %s, a day is a spike', (provider) => {
  const spikes = (costRows: Facts['costRows'], more: Partial<Facts> = {}) => spikesOf({ provider, costRows, ...more })

  test('that costs over three times the median of the days before it', () => {
    expect(spikes(everyDay('10', { 5: '30' }))).toEqual([])
    expect(spikes(everyDay('10', { 5: '30.0000000001' }))).toEqual([`${daysAgo(5)} 30.0000000001 USD`])
  })

  test('that costs over 20 in its currency', () => {
    expect(spikes(everyDay('1', { 5: '20' }))).toEqual([])
    expect(spikes(everyDay('1', { 5: '20.01' }))).toEqual([`${daysAgo(5)} 20.01 USD`])
  })

  test('that is one of the last 14 finished ones', () => {
    expect(spikes(everyDay('10', { 0: '500' }))).toEqual([])
    expect(spikes(everyDay('10', { 1: '500' }))).toEqual([`${daysAgo(1)} 500 USD`])
    expect(spikes(everyDay('10', { 14: '500' }))).toEqual([`${daysAgo(14)} 500 USD`])
    expect(spikes(everyDay('10', { 15: '500' }))).toEqual([])
  })

  test('of which at least 14 days before are covered', () => {
    const costRows = everyDay('10', { 5: '500' }).filter(({ day }) => day >= daysAgo(19))
    expect(spikes(costRows, { coveredFrom: daysAgo(19) })).toEqual([`${daysAgo(5)} 500 USD`])
    const fewer = costRows.filter(({ day }) => day >= daysAgo(18))
    expect(spikes(fewer, { coveredFrom: daysAgo(18) })).toEqual([])
  })

  test('unless the median is zero: covered days without costs count as such', () => {
    const costly = (days: number) => Object.fromEntries(Array.from({ length: days }, (_, index) => [index + 6, '10']))
    expect(spikes(costsOf({ 5: '500', ...costly(15) }))).toEqual([`${daysAgo(5)} 500 USD`])
    // The median of 28 days of which 14 cost nothing lies between 0 and 10.
    expect(spikes(costsOf({ 5: '500', ...costly(14) }))).toEqual([`${daysAgo(5)} 500 USD`])
    expect(spikes(costsOf({ 5: '500', ...costly(13) }))).toEqual([])
  })

  test('by each threshold of the configuration', () => {
    const rows = everyDay('10', { 5: '31', 20: '500' })
    const set = (thresholds: Partial<typeof DEFAULT_THRESHOLDS>) =>
      spikes(rows, { thresholds: { ...DEFAULT_THRESHOLDS, ...thresholds } })
    expect(set({})).toEqual([`${daysAgo(5)} 31 USD`])
    expect(set({ spikeTimes: 4 })).toEqual([])
    expect(set({ spikeAmount: 31 })).toEqual([])
    expect(set({ spikeDays: 20 })).toEqual([`${daysAgo(20)} 500 USD`, `${daysAgo(5)} 31 USD`])
    expect(set({ spikeDays: 4 })).toEqual([])
    // Of two days before it, one is the other spike.
    expect(set({ spikeDays: 20, spikeBaselineDays: 1, spikeCoveredDays: 1 })).toEqual([
      `${daysAgo(20)} 500 USD`,
      `${daysAgo(5)} 31 USD`,
    ])
  })
})

test('Each currency is judged by itself, and each day of one is a finding of its own', () => {
  const costRows = [...everyDay('10', { 5: '500', 4: '600' }), ...costsOf({ 5: '900' }, 'EUR')]
  const found = foundIn({ costRows })
  expect(found.map(({ cost }) => cost?.amount)).toEqual(['500', '600'])
  expect(new Set(found.map(({ id }) => id)).size).toBe(2)
})

test('The evidence has the median and of how many days it is, and says while costs can still grow', () => {
  const found = foundIn({ costRows: everyDay('10', { 1: '500', 2: '400' }) })
  expect(found).toMatchObject([
    {
      severity: 'medium',
      since: daysAgo(2),
      evidence: { day: daysAgo(2), amount: '400', median: '10', baselineDays: 28, preliminary: false },
    },
    { evidence: { day: daysAgo(1), preliminary: true } },
  ])
})

test('Costs that were never read have no spikes', () => {
  expect(foundIn({ costRows: null })).toEqual([])
})
