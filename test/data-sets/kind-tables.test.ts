import { describe, expect, test } from '@jest/globals'
import { TOTAL_MEASURES, totalsOf } from '../../shared/data-sets/by-series.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { byDay, byLabel, totalOf } from '../../shared/data-sets/day-series/series-view.ts'
import { deriveUsers } from '../../shared/data-sets/directory/directory-user.ts'
import { lastActivityOf } from '../../shared/data-sets/directory/last-activity.ts'
import { labeled, tableOfAllKinds, tableOfKind } from '../../shared/data-sets/other-usage/kind-tables.ts'
import { OTHER_KIND_NAMES, UNITS, unitOf } from '../../shared/data-sets/other-usage/kinds.ts'
import { otherUsage, type OtherUsageRow } from '../../shared/data-sets/other-usage/other-usage.ts'
import type { Window } from '../../shared/domain/window.ts'
import { aPerson, aRow, aTable, emptySeries, RULES, WINDOW, NO_LISTS } from '../builders.ts'

function row(overrides: Partial<OtherUsageRow> = {}): OtherUsageRow {
  const defaults = { day: '2026-11-24', userId: 'ana', kind: 'images', model: 'm', otherRequests: 2, quantity: 5 }
  return { ...defaults, ...overrides }
}

function tableOf(rows: readonly OtherUsageRow[], window: Window = WINDOW) {
  const table = new DayTableBuilder(otherUsage, window)
  for (const each of rows) table.add(each)
  return table.build()
}

test('Every unit belongs to a kind, and a kind that is not known has none', () => {
  expect(new Set(OTHER_KIND_NAMES.map((kind) => unitOf(kind)))).toEqual(new Set([...UNITS, null]))
  expect(unitOf('dreams')).toBeNull()
  expect(unitOf('constructor')).toBeNull()
})

test('A quantity is in no total of a user, since kinds have different units', () => {
  const series = { ...emptySeries(), other_usage: tableOf([row(), row({ kind: 'audio_speeches', quantity: 900 })]) }
  expect(totalsOf(series, (id) => series[id].spanOf('ana'))).toEqual({
    requests: 0,
    inputTokens: 0,
    cachedInputTokens: 0,
    outputTokens: 0,
    otherRequests: 4,
  })
  expect(TOTAL_MEASURES.map(({ name }) => name)).not.toContain('quantity')
})

test('The table of a kind has its rows alone, by model', () => {
  const table = tableOfKind(tableOf([row(), row({ model: 'n' }), row({ kind: 'embeddings', quantity: 0 })]), 'images')
  expect(byLabel(table, 0, WINDOW)).toEqual([
    { label: 'm', amounts: { requests: 2, quantity: 5 } },
    { label: 'n', amounts: { requests: 2, quantity: 5 } },
  ])
  expect(byLabel(labeled(table, 'images'), 0, WINDOW)).toEqual([
    { label: 'images', amounts: { requests: 4, quantity: 10 } },
  ])
})

test('The table of all kinds has requests alone, on the days of the primary kind', () => {
  const earlier = { from: '2026-09-20', to: '2026-11-18' }
  const others = tableOf([row({ day: '2026-09-20' }), row({ day: '2026-09-26' })], earlier)
  const table = tableOfAllKinds('completions', aTable([aRow({ day: '2026-09-26', requests: 3 })]), others)
  expect(table.window).toEqual(WINDOW)
  expect(byDay(table, WINDOW)).toMatchObject([{ day: '2026-09-26', amounts: { requests: 5 } }])
  expect(totalOf(table, WINDOW)).toMatchObject({ requests: 5 })
})

test('A day is known not to be empty by requests of its kind', () => {
  const table = tableOf([row(), row({ day: '2026-11-23', otherRequests: 0 })])
  expect(table.hasDataOn(['2026-11-24'])).toBe(true)
  expect(table.hasDataOn(['2026-11-24'], 'images')).toBe(true)
  expect(table.hasDataOn(['2026-11-24'], 'embeddings')).toBe(false)
  expect(table.hasDataOn(['2026-11-23'], 'images')).toBe(false)
})

describe('Last activity', () => {
  const sourceOf = (day: string, apiKeyLastUsedAt: string | null, usageDay: string | null) => {
    const usage = aTable(usageDay === null ? [] : [aRow({ day: usageDay })])
    const series = { ...emptySeries(), usage, other_usage: tableOf([row({ day })]) }
    return lastActivityOf(aPerson({ apiKeyLastUsedAt }), new Map(), (id) => series[id].lastActiveDayOf('ana'))
  }

  test.each([
    ['is use of another kind alone', '2026-11-20', null, null, { on: '2026-11-20', source: 'other_usage' }],
    ['is the primary kind’s on one day', '2026-11-20', null, '2026-11-20', { on: '2026-11-20', source: 'usage' }],
    ['is another kind’s later', '2026-11-21', null, '2026-11-20', { on: '2026-11-21', source: 'other_usage' }],
    [
      'is another kind’s on the day of a key’s',
      '2026-11-20',
      '2026-11-20T12:00:00.000Z',
      null,
      { on: '2026-11-20', source: 'other_usage' },
    ],
  ] as const)('%s', (_title, day, apiKeyLastUsedAt, usageDay, expected) => {
    expect(sourceOf(day, apiKeyLastUsedAt, usageDay)).toEqual(expected)
  })

  test.each([
    ['images without requests', { kind: 'images', otherRequests: 0, quantity: 3 }, '2026-11-24'],
    ['requests without a quantity', { kind: 'embeddings', otherRequests: 3, quantity: 0 }, '2026-11-24'],
    ['tokens of decisions', { kind: 'decisions', otherRequests: 0, quantity: 70 }, '2026-11-24'],
    ['sessions', { kind: 'code_interpreter_sessions', otherRequests: 0, quantity: 1 }, '2026-11-24'],
    ['what is stored, which is no use', { kind: 'vector_stores', otherRequests: 0, quantity: 900 }, null],
  ])('by %s', (_title, amounts, day) => {
    const series = { ...emptySeries(), other_usage: tableOf([row(amounts)]) }
    const last = lastActivityOf(aPerson({}), new Map(), (id) => series[id].lastActiveDayOf('ana'))
    expect(last?.on ?? null).toBe(day)
  })
})

test('Use of another kind by anybody proves that absence is no use', () => {
  const people = [aPerson({ userId: 'ana' }), aPerson({ userId: 'bob' })]
  const licenses = (rows: readonly OtherUsageRow[]) => {
    const series = { ...emptySeries(), other_usage: tableOf(rows) }
    return deriveUsers({ people, series, lists: NO_LISTS }, [], RULES).map(({ license }) => license)
  }
  expect(licenses([row()])).toEqual(['in_use', 'unused'])
  expect(licenses([row({ userId: null })])).toEqual(['no_data', 'no_data'])
  expect(licenses([row({ otherRequests: 0 })])).toEqual(['in_use', 'unused'])
  expect(licenses([row({ kind: 'vector_stores', otherRequests: 0 })])).toEqual(['no_data', 'no_data'])
})
