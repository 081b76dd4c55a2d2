import { jest } from '@jest/globals'
import type { DaySeries } from '../../shared/data-sets/data-set.ts'
import type { ProviderProblemCode } from '../../shared/domain/problem.ts'
import type { Provider } from '../../shared/providers/provider.ts'
import type { ApiBench } from '../api/api-bench.ts'

/*
 * A day series is a declaration, a line in the registry, and an entry of the provider that reads it. No other product file knows
 * it. The registries are replaced before anything else is loaded, so the suites that use this file have their own modules.
 */

const prints = {
  kind: 'day_series',
  id: 'prints',
  dimensions: [
    { name: 'printer', plural: 'printers', example: 'P1' },
    { name: 'paper', plural: 'papers', example: 'A4' },
  ],
  measures: [
    { name: 'pages', kind: 'count', label: 'Pages', example: 3 },
    { name: 'colorPages', kind: 'count', label: 'Pages in color', example: 1 },
    { name: 'price', kind: 'money', label: 'Price', example: '-1.5' },
  ],
  mainMeasure: 'pages',
  activity: { measures: ['pages'] },
  rowNoun: 'print row',
} as const satisfies DaySeries

const { usage } = await import('../../shared/data-sets/usage/usage.ts')
const { costs } = await import('../../shared/data-sets/costs/costs.ts')
const { otherUsage } = await import('../../shared/data-sets/other-usage/other-usage.ts')
const { directory } = await import('../../shared/data-sets/directory/directory.ts')
const { keys } = await import('../../shared/data-sets/keys/keys.ts')
const { invites } = await import('../../shared/data-sets/invites/invites.ts')
const DAY_SERIES = [usage, otherUsage, costs, prints]
const LISTS = [keys, invites]
jest.unstable_mockModule('../../shared/data-sets/registry.ts', () => ({
  DAY_SERIES,
  LISTS,
  DATA_SETS: [directory, ...DAY_SERIES, ...LISTS],
}))
const { openai } = await import('../../shared/providers/openai/openai.ts')
const withPrints: Provider = {
  ...openai,
  dataSets: [...openai.dataSets, { id: 'prints', required: false, permission: 'prints.read', gives: 'Prints' }],
  advice: (code, dataSet) => (dataSet === 'prints' ? `No prints: ${code}.` : openai.advice(code, dataSet)),
}
jest.unstable_mockModule('../../shared/providers/registry.ts', () => ({ PROVIDERS: [withPrints] }))
const { DayTableBuilder } = await import('../../shared/data-sets/day-series/day-table-builder.ts')
const { ProviderError } = await import('../../shared/domain/problem.ts')
const { isWithin } = await import('../../shared/domain/window.ts')
const { startApiBench } = await import('../api/api-bench.ts')
const { everyItem } = await import('../api/stored-items.ts')
const { listed, used } = await import('../sync/sync-bench.ts')

function printed(
  userId: string | null,
  day: string,
  on: { printer: string; paper?: string },
  [pages, price]: readonly [pages: number, price: string],
) {
  return { userId, day, paper: 'A4', ...on, pages, colorPages: Math.floor(pages / 2), price }
}

/** Somebody got money back. As floats, the prices would not add up. */
export const ROWS = [
  printed('ana', '2026-11-23', { printer: 'P1' }, [4, '0.4']),
  printed('ana', '2026-11-24', { printer: 'P1' }, [10, '0.1']),
  printed('ana', '2026-11-24', { printer: 'P2', paper: 'A3' }, [1, '0.2']),
  printed('bob', '2026-11-24', { printer: 'P2' }, [20, '-3.0000000001']),
  printed('stranger', '2026-11-24', { printer: 'P2' }, [5, '2.5']),
  printed(null, '2026-11-20', { printer: 'P1', paper: 'A3' }, [7, '0']),
]

/** The prints that the next sync reads, or why it cannot. */
interface Printing {
  rows: typeof ROWS
  daysLeftOut: readonly string[]
  /** The first day that is read. Null: the window's. */
  from: string | null
  fails: Error | null
  /** How long a failure takes. */
  takesMs: number
}

export function refusal(code: ProviderProblemCode): Error {
  return new ProviderError(code, 'prints')
}

/** A synced organization with prints. */
export async function startPrintsBench() {
  const bench = await startApiBench()
  const printing: Printing = { rows: ROWS, daysLeftOut: [], from: null, fails: null, takesMs: 0 }
  const organization = bench.organization()
  organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
  organization.rows = [used('ana', '2026-11-24', 5)]
  organization.series['prints'] = {
    check: async () => {
      if (printing.fails !== null) throw printing.fails
    },
    read: async (asked) => {
      if (printing.fails !== null) {
        bench.advance(printing.takesMs)
        throw printing.fails
      }
      const window = { ...asked, from: printing.from ?? asked.from }
      const table = new DayTableBuilder(prints, window)
      for (const row of printing.rows.filter(({ day }) => isWithin(day, window))) table.add(row)
      return { table: table.build(), rows: printing.rows.length, daysLeftOut: printing.daysLeftOut }
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
