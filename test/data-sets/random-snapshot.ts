import * as fc from 'fast-check'
import { tablesBySeries } from '../../shared/data-sets/by-series.ts'
import { COST_REPORTS, costs } from '../../shared/data-sets/costs/costs.ts'
import type { DaySeries } from '../../shared/data-sets/data-set.ts'
import type { DayTable } from '../../shared/data-sets/day-series/day-table.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { addDays } from '../../shared/domain/day.ts'
import type { Window } from '../../shared/domain/window.ts'
import { aPerson, NO_LISTS, WINDOW } from '../builders.ts'
import { tableOf } from './day-series/random-series.ts'
import { aKey, owner } from './keys/a-key.ts'

const USERS = ['ana', 'bob', 'gone', 'svc_acct_ci', 'unknown']
/** Of costs, which begin before the others. */
export const LONGER: Window = { from: addDays(WINDOW.from, -20), to: WINDOW.to }
const PEOPLE = [
  aPerson({ userId: 'ana', role: 'owner' }),
  aPerson({ userId: 'bob', email: 'bob@other.example', apiKeyLastUsedAt: '2026-11-02T10:00:00.000Z' }),
  aPerson({ userId: 'gone', removedAt: '2026-11-20T00:00:00.000Z' }),
  aPerson({ userId: 'idle' }),
]
export const KEYS = [
  aKey('a'),
  aKey('b', { owner: owner('gone'), lastUsedOn: '2026-11-22' }),
  aKey('c', { owner: null }),
]

/** The texts of each dimension, by series. Others have no special meaning. */
const LABELS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  other_usage: [
    ['images', 'vector_stores', 'embeddings'],
    ['m', ''],
  ],
  costs: [COST_REPORTS, ['', 'a', 'b'], ['', 'gpt-5'], ['USD', 'EUR']],
}

function anyTable(series: DaySeries): fc.Arbitrary<DayTable> {
  const window = series.id === costs.id ? LONGER : WINDOW
  const labels = LABELS[series.id] ?? series.dimensions.map(() => ['gpt-5', 'gpt-5-mini'])
  const days = [0, 5, 19, 20, 40, 59].map((day) => addDays(window.from, day))
  const amount = { count: fc.bigInt(0n, 3n), money: fc.bigInt(-2n, 10n ** 12n) }
  const row = fc.record({
    day: fc.constantFrom(...days),
    userId: fc.constantFrom(null, ...USERS),
    labels: fc.tuple(...labels.map((texts) => fc.constantFrom(...texts))),
    amounts: fc.tuple(...series.measures.map(({ kind }) => amount[kind])),
  })
  return fc.array(row, { maxLength: 20 }).map((rows) => tableOf(series, rows, window))
}

/** People of all kinds with keys, and any rows of all series. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .tuple(...DAY_SERIES.map((series) => anyTable(series)))
  .map((tables: readonly DayTable[]) => ({
    people: PEOPLE,
    series: tablesBySeries(({ id }) => tableIn(tables, id)),
    lists: { ...NO_LISTS, keys: KEYS, logins: [{ userId: 'bob', lastLoginOn: '2026-11-20' }] },
  }))

function tableIn(tables: readonly DayTable[], id: string): DayTable {
  const table = tables.find(({ series }) => series.id === id)
  if (table === undefined) throw new Error(`There is no table of ${id}.`)
  return table
}
