import { jest } from '@jest/globals'
import type { DaySeries } from '../../shared/data-sets/data-set.ts'
import type { ApiBench } from '../api/api-bench.ts'

/*
 * A day series is a declaration and a line in the registry. With one more line, everything works for it, and no other product
 * file knows it. The registry is replaced before anything else is loaded, so the suite of this file has its own modules.
 */

const prints = {
  kind: 'day_series',
  id: 'prints',
  dimensions: [
    { name: 'printer', plural: 'printers', example: 'P1' },
    { name: 'paper', plural: 'papers', example: 'A4' },
  ],
  measures: [
    { name: 'pages', label: 'Pages', example: 3 },
    { name: 'colorPages', label: 'Pages in color', example: 1 },
  ],
  activity: 'pages',
} as const satisfies DaySeries

const { usage } = await import('../../shared/data-sets/usage/usage.ts')
const { directory } = await import('../../shared/data-sets/directory/directory.ts')
const DAY_SERIES = [usage, prints]
jest.unstable_mockModule('../../shared/data-sets/registry.ts', () => ({
  DAY_SERIES,
  DATA_SETS: [directory, ...DAY_SERIES],
}))
const { DayTableBuilder } = await import('../../shared/data-sets/day-series/day-table-builder.ts')
const { isWithin } = await import('../../shared/domain/window.ts')
const { startApiBench } = await import('../api/api-bench.ts')
const { everyItem } = await import('../api/stored-items.ts')
const { listed, used } = await import('../sync/sync-bench.ts')

function printed(userId: string | null, day: string, on: { printer: string; paper?: string }, pages: number) {
  return { userId, day, paper: 'A4', ...on, pages, colorPages: Math.floor(pages / 2) }
}

export const ROWS = [
  printed('ana', '2026-11-23', { printer: 'P1' }, 4),
  printed('ana', '2026-11-24', { printer: 'P1' }, 10),
  printed('ana', '2026-11-24', { printer: 'P2', paper: 'A3' }, 1),
  printed('bob', '2026-11-24', { printer: 'P2' }, 20),
  printed('stranger', '2026-11-24', { printer: 'P2' }, 5),
  printed(null, '2026-11-20', { printer: 'P1', paper: 'A3' }, 7),
]

/** A synced organization with prints. The next sync reads the `printing.rows` of that time. */
export async function startPrintsBench() {
  const bench = await startApiBench()
  const printing = { rows: ROWS }
  const organization = bench.organization()
  organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
  organization.rows = [used('ana', '2026-11-24', 5)]
  organization.series['prints'] = {
    check: async () => {},
    read: async (window) => {
      const table = new DayTableBuilder(prints, window)
      for (const row of printing.rows.filter(({ day }) => isWithin(day, window))) table.add(row)
      return { table: table.build(), rows: printing.rows.length, daysLeftOut: [] }
    },
  }
  return { bench, printing, id: await bench.connected(), recordItems: () => recordItems(bench) }
}

/** The items of people and of their days, as JSON, by key. */
async function recordItems({ table }: Pick<ApiBench, 'table'>): Promise<Map<string, string>> {
  const items = new Map<string, string>()
  for await (const item of everyItem(table)) {
    const key = `${String(item['pk'])} ${String(item['sk'])}`
    if (/^(USERS|USAGE|PRINTS)#/.test(key)) items.set(key, JSON.stringify(item))
  }
  return new Map([...items].toSorted(([left], [right]) => (left < right ? -1 : 1)))
}
