import { afterAll, expect, jest, test } from '@jest/globals'
import type { DaySeries } from '../../shared/data-sets/data-set.ts'
import type { ProviderProblemCode } from '../../shared/domain/problem.ts'
import type { Organization, Provider } from '../../shared/providers/provider.ts'
import type { HistoryCounts } from '../histories/history.ts'
import type { RandomPrints } from '../histories/random-prints.ts'
import { recordFigures } from './figures.ts'

/*
 * Histories of an organization with an optional data set that fails, is refused, is unavailable, is switched off, and recovers. Members
 * and usage never suffer, and its last reading stays. The registries are replaced before anything else is loaded.
 */

/** A fifth of the other histories. */
const HISTORIES = Number(process.env['FAULTS_HISTORIES'] ?? 1_000) / 5
const HISTORIES_A_TEST = 5

const prints = {
  kind: 'day_series',
  id: 'prints',
  dimensions: [{ name: 'printer', plural: 'printers', example: 'P1' }],
  measures: [{ name: 'pages', kind: 'count', label: 'Pages', example: 3 }],
  mainMeasure: 'pages',
  activity: null,
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
  open: async (access) => readingPrints(await openai.open(access)),
}
jest.unstable_mockModule('../../shared/providers/registry.ts', () => ({ PROVIDERS: [withPrints] }))
const { DayTableBuilder } = await import('../../shared/data-sets/day-series/day-table-builder.ts')
const { PROVIDER_PROBLEM_CODES, ProviderError } = await import('../../shared/domain/problem.ts')
const { isWithin } = await import('../../shared/domain/window.ts')
const { runHistory } = await import('../histories/history.ts')
const { startSeed } = await import('../histories/seed.ts')

/** The prints of the history that runs. */
let printing: RandomPrints | null = null

function readingPrints(organization: Organization): Organization {
  const reader: Organization['series'][string] = {
    check: async () => {
      const { found } = currentPrints()
      if ('failure' in found && isProviders(found.failure)) throw new ProviderError(found.failure, 'prints')
    },
    read: async (window) => {
      const { found } = currentPrints()
      if ('failure' in found) {
        throw isProviders(found.failure) ? new ProviderError(found.failure, 'prints') : new TypeError('A bug.')
      }
      const table = new DayTableBuilder(prints, window)
      const rows = found.rows.filter(({ day }) => isWithin(day, window))
      for (const row of rows) table.add(row)
      return {
        table: table.build(),
        rows: rows.length,
        daysLeftOut: found.daysLeftOut.filter((day) => isWithin(day, window)),
      }
    },
  }
  return {
    directory: organization.directory,
    series: { ...organization.series, prints: reader },
    lists: organization.lists,
    identify: () => organization.identify(),
    findKeyExpiry: () => organization.findKeyExpiry(),
  }
}

function isProviders(code: string): code is ProviderProblemCode {
  return PROVIDER_PROBLEM_CODES.some((each) => each === code)
}

function currentPrints(): RandomPrints {
  if (printing === null) throw new Error('No history runs.')
  return printing
}

const seed = startSeed('histories-optional')
const alone = process.env['FAULTS_HISTORY']
const counts: HistoryCounts[] = []
const outcomes = () => counts.flatMap((each) => each.printsOutcomes)
afterAll(() =>
  recordFigures('histories-optional', {
    'histories compared': counts.length,
    'answers compared': counts.reduce((total, each) => total + each.answers, 0),
    ...Object.fromEntries(
      [...Map.groupBy(outcomes(), (outcome) => outcome)].map(([outcome, all]) => [`prints: ${outcome}`, all.length]),
    ),
  }),
)

async function run(number: number): Promise<void> {
  counts.push(await runHistory(seed, number, { usePrints: (own) => (printing = own) }))
}

if (alone === undefined) {
  const firsts = Array.from({ length: HISTORIES / HISTORIES_A_TEST }, (_, block) => 1 + block * HISTORIES_A_TEST)
  test.each(firsts)(
    'Whatever happens to an optional data set, every answer follows from the last reading of each (from %d on)',
    async (first) => {
      for (let number = first; number < first + HISTORIES_A_TEST; number += 1) await run(number)
    },
  )

  test('Together they cover every outcome of its reading, and its switch', () => {
    const all = ['failed', 'not_permitted', 'read', 'switched_off', 'unavailable', 'unchanged']
    expect([...new Set(outcomes())].toSorted()).toEqual(all)
  })
} else {
  test(`Every answer follows from the last reading of each data set (only ${alone})`, () => run(Number(alone)))
}
