import { expect, test } from '@jest/globals'
import { withEarlierParts } from '../../../shared/data-sets/day-series/earlier-parts.ts'
import { byCell } from '../../../shared/data-sets/day-series/series-view.ts'
import { DayTableBuilder } from '../../../shared/data-sets/day-series/day-table-builder.ts'
import {
  otherUsage,
  type OtherUsageRow,
  type OtherUsageTable,
} from '../../../shared/data-sets/other-usage/other-usage.ts'
import type { Window } from '../../../shared/domain/window.ts'

const EARLIER: Window = { from: '2026-11-01', to: '2026-11-10' }
const LATER: Window = { from: '2026-11-04', to: '2026-11-13' }
const SYNCED_AT = '2026-11-10T12:00:00.000Z'
const IMAGES = { part: 'images', code: 'insufficient_permissions', readAt: null } as const

function row(kind: string, day: string): OtherUsageRow {
  return { userId: 'ana', day, kind, model: 'm', otherRequests: 1, quantity: 2 }
}

function table(window: Window, ...rows: readonly OtherUsageRow[]): OtherUsageTable {
  const builder = new DayTableBuilder(otherUsage, window)
  for (const each of rows) builder.add(each)
  return builder.build()
}

const cells = (of: OtherUsageTable) => byCell(of, of.window).map(({ day, labels }) => [day, labels[0]])

const READ = table(LATER, row('embeddings', '2026-11-12'))
const BEFORE = table(
  EARLIER,
  row('images', '2026-11-03'),
  row('images', '2026-11-04'),
  row('images', '2026-11-10'),
  row('embeddings', '2026-11-05'),
)

test('A missing part has the rows of before that lie in the window, and no other part does', () => {
  const complete = withEarlierParts({ table: READ, missing: [IMAGES], rows: 1 }, { table: BEFORE, syncedAt: SYNCED_AT })
  expect(cells(complete.table)).toEqual([
    ['2026-11-04', 'images'],
    ['2026-11-10', 'images'],
    ['2026-11-12', 'embeddings'],
  ])
  expect(complete).toMatchObject({ rows: 1, missing: [{ ...IMAGES, readAt: SYNCED_AT }] })
})

test('Its time is that of its own last reading, however often it has been missing since', () => {
  const earlier = { table: BEFORE, missing: [{ ...IMAGES, readAt: '2026-11-08T12:00:00.000Z' }], syncedAt: SYNCED_AT }
  const { missing } = withEarlierParts({ table: READ, missing: [IMAGES] }, earlier)
  expect(missing).toEqual([{ ...IMAGES, readAt: '2026-11-08T12:00:00.000Z' }])
})

test.each([
  ['was never read', [IMAGES], SYNCED_AT],
  ['was last read before the window', [{ ...IMAGES, readAt: '2026-11-03T23:59:59.999Z' }], SYNCED_AT],
  ['was last read by a sync before the window', [], '2026-11-03T12:00:00.000Z'],
] as const)('One that %s has no rows, and nothing is built', (_title, missing, syncedAt) => {
  const complete = withEarlierParts({ table: READ, missing: [IMAGES] }, { table: BEFORE, missing, syncedAt })
  expect(complete.missing).toEqual([IMAGES])
  expect(complete.table).toBe(READ)
})

test('Without missing parts, and beside an equal table, nothing is built', () => {
  expect(withEarlierParts({ table: READ, missing: [] }, { table: BEFORE, syncedAt: SYNCED_AT }).table).toBe(READ)
  const same = withEarlierParts({ table: READ, missing: [IMAGES] }, { table: READ, syncedAt: SYNCED_AT })
  expect(same.table).toBe(READ)
  expect(same.missing).toEqual([{ ...IMAGES, readAt: SYNCED_AT }])
})
