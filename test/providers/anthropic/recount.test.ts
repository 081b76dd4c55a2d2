import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../../local/simulated-anthropic/server.ts'
import { AS_DOCUMENTED, type Switches } from '../../../local/simulated-anthropic/switches.ts'
import { amountOf, unitsOf } from '../../../shared/domain/amount.ts'
import { isKey } from '../../../shared/data-sets/keys/keys.ts'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { daysOfWindow } from '../../../shared/domain/window.ts'
import { MS_PER_DAY } from '../../../shared/domain/day.ts'
import { NOW, rejectionOf } from '../scripted-server.ts'
import { openOrganization, rowsIn, WINDOW } from './anthropic-bench.ts'

/* A simulated organization is read and counted again from what it is made of, to the unit and to the ten-billionth of a dollar. */

let simulated: SimulatedOrganization
beforeAll(async () => {
  simulated = await startSimulatedOrganization({ members: 7, now: () => NOW })
})
afterAll(() => simulated.close())
beforeEach(() => simulated.set(AS_DOCUMENTED))

const open = () => openOrganization(simulated.baseUrl, { key: new AdminApiKey(simulated.adminKey) })

const dayNumbers = daysOfWindow(WINDOW).map((day) => Date.parse(day) / MS_PER_DAY)
const usageOfCompany = () => dayNumbers.flatMap((day) => simulated.company.rowsOn(day, NOW))
const costsOfCompany = () =>
  dayNumbers
    .flatMap((day) => simulated.company.costsOn(day, NOW))
    .map(({ parts, ...cost }) => ({
      ...cost,
      units: parts.reduce((sum, { units }) => sum + units, 0n),
    }))

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Sums by what a row belongs to. Sums of zero are left out. */
function sumsBy<Row>(rows: readonly Row[], nameOf: (row: Row) => unknown, valueOf: (row: Row) => bigint) {
  const sums = new Map<string, bigint>()
  for (const row of rows) {
    const name = String(nameOf(row))
    sums.set(name, (sums.get(name) ?? 0n) + valueOf(row))
  }
  return new Map([...sums].filter(([, sum]) => sum !== 0n))
}

const whole = (name: string) => (row: Rows[number]) => BigInt(Number(row[name]))
const costIn = (row: Rows[number]) => unitsOf(String(row['cost'])) ?? 0n

/** The id of an actor. Identities without one are nobody. */
function idOf(actor: ReturnType<typeof usageOfCompany>[number]['actor']): string | null {
  if (actor?.type === 'user_actor') return actor.user_id
  if (actor?.type === 'service_account_actor') return actor.service_account_id
  return actor?.type === 'api_actor' ? actor.api_key_id : null
}

test('Usage is that of the company by person and model, without the executions of code, which are apart', async () => {
  const { series } = open()
  const [requests, executions] = [usageOfCompany(), usageOfCompany()].map((rows, place) =>
    rows.filter(({ product }) => (product === null) === (place === 1)),
  )
  const read = rowsIn((await series.usage.read(WINDOW)).table)
  const others = rowsIn((await series.other_usage.read(WINDOW)).table)
  const ofRow = (row: Rows[number]) => [row['userId'], row['model']]
  for (const [measure, valueOf] of [
    ['requests', (row) => row.requests],
    [
      'inputTokens',
      (row) =>
        row.uncachedInputTokens +
        row.cacheReadInputTokens +
        row.cacheCreation5mInputTokens +
        row.cacheCreation1hInputTokens,
    ],
    ['cachedInputTokens', (row) => row.cacheReadInputTokens],
    ['outputTokens', (row) => row.outputTokens],
  ] satisfies [string, (row: ReturnType<typeof usageOfCompany>[number]) => number][]) {
    expect(sumsBy(read, ofRow, whole(measure))).toEqual(
      sumsBy(
        requests ?? [],
        ({ actor, model }) => [idOf(actor), model],
        (row) => BigInt(valueOf(row)),
      ),
    )
  }
  expect(others.length).toBeGreaterThan(0)
  expect(others.every((row) => row['kind'] === 'code_execution' && row['otherRequests'] === 0)).toBe(true)
  expect(sumsBy(others, (row) => row['userId'], whole('quantity'))).toEqual(
    sumsBy(
      executions ?? [],
      ({ actor }) => idOf(actor),
      (row) => BigInt(row.requests),
    ),
  )
})

describe('Costs are those of the company to the ten-billionth, and each grouping adds up to the total,', () => {
  test.each<[string, Partial<Switches>]>([
    ['as documented', {}],
    [
      'with amounts of more decimals, in two currencies, on pages of 200 rows',
      { costAmountsAs: 'long', secondCurrency: 'EUR', pageSizeAtMost: 200 },
    ],
    [
      'with amounts in exponents, empty pages between, and actors and products that nobody knows',
      { costAmountsAs: 'exponent', emptyPagesWithToken: true, unknownActors: true, unknownProducts: true },
    ],
    ['when an end in the future is refused', { futureEndRefused: true }],
  ])('%s', async (_title, switches) => {
    simulated.set(switches)
    const window = WINDOW
    const { table } = await open().series.costs.read(window)
    const rows = rowsIn(table).filter((row) => String(row['day']) >= window.from)
    const reports = Object.groupBy(rows, (row) => String(row['report']))
    const totals = sumsBy(reports['total'] ?? [], (row) => [row['day'], row['currency']], costIn)
    expect(Object.keys(reports).toSorted()).toEqual(['key', 'project', 'total', 'user'])
    for (const report of Object.values(reports)) {
      expect(sumsBy(report ?? [], (row) => [row['day'], row['currency']], costIn)).toEqual(totals)
    }
    const company = costsOfCompany()
    expect(amountOf([...totals.values()].reduce((sum, units) => sum + units, 0n))).toBe(
      amountOf(company.reduce((sum, { units }) => sum + units, 0n)),
    )
    if (Object.keys(switches).length > 0) return
    expect(sumsBy(reports['user'] ?? [], (row) => row['userId'], costIn)).toEqual(
      sumsBy(
        company,
        ({ actor }) => idOf(actor),
        ({ units }) => units,
      ),
    )
    expect(sumsBy(reports['key'] ?? [], (row) => row['subject'], costIn)).toEqual(
      sumsBy(
        company,
        ({ apiKeyId }) => apiKeyId ?? '',
        ({ units }) => units,
      ),
    )
    expect(sumsBy(reports['project'] ?? [], (row) => [row['subject'], row['lineItem']], costIn)).toEqual(
      sumsBy(
        company,
        ({ workspaceId, model, product }) => [workspaceId ?? '', model ?? product ?? 'other'],
        ({ units }) => units,
      ),
    )
  })
})

describe('Usage is not believed, and the reading ends, when', () => {
  test.each<[string, Partial<Switches>]>([
    ['rows come twice', { repeatedRows: true, pageSizeAtMost: 50 }],
    ['every token is refused', { pageTokensRefused: true, pageSizeAtMost: 50 }],
    ['more is announced after the end, and refused', { trailingEmptyPage: true }],
    ['more is announced after the end, empty and refused', { trailingEmptyPage: true, emptyPageBeforeRefusal: true }],
    ['the first page comes again and again', { firstPageAgain: true, pageSizeAtMost: 50 }],
    ['empty pages have no end', { endlessEmptyPages: true, pageSizeAtMost: 50 }],
  ])('%s', async (_title, switches) => {
    simulated.set(switches)
    expect(await rejectionOf(open().series.usage.read(WINDOW))).toMatchObject({
      code: 'unexpected_reply',
      dataSet: 'usage',
    })
  })
})

test('Keys have their last day of use, and owners and workspaces', async () => {
  const { items } = await open().lists.keys.read(undefined, { window: WINDOW, covered: null })
  const lastDays = new Map<string, string>()
  for (const [place, day] of dayNumbers.entries()) {
    for (const { apiKeyId } of simulated.company.rowsOn(day, NOW)) {
      if (apiKeyId !== null) lastDays.set(apiKeyId, daysOfWindow(WINDOW)[place] ?? '')
    }
  }
  expect(items.filter(isKey).some(({ lastUsedOn }) => lastUsedOn !== null)).toBe(true)
  expect(new Set(items.filter(isKey).map(({ project }) => project === null))).toEqual(new Set([true, false]))
  for (const { id, kind, lastUsedOn, project } of items.filter(isKey)) {
    expect([id, lastUsedOn]).toEqual([id, lastDays.get(id) ?? null])
    expect(kind).toBe('workspace')
    expect(project === null || project.name !== null).toBe(true)
  }
})
