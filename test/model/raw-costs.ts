import { type ModelDataSetResult, readResult } from './data-sets.ts'
import { fetchDays, RefusedError, recordOf, textOf } from './raw-pages.ts'
import { dayAt, type ModelWindow, order } from './rules.ts'

/** What a report says of a day's costs. All of one report add up to what a day cost in a currency. */
export interface ModelCost {
  readonly day: string
  readonly report: string
  readonly userId: string | null
  /** The id of a project or a key. */
  readonly subject: string | null
  readonly lineItem: string | null
  readonly currency: string
  /** Ten-billionths. */
  readonly units: bigint
}

/** What OpenAI says of costs: the rows of all reports, and which reports it refuses. */
export interface ModelCosts {
  readonly rows: readonly ModelCost[]
  readonly missing: readonly string[]
  /** The number of rows on its pages. */
  readonly rawRows: number
}

const REPORTS = [
  ['total', ''],
  ['user', 'user_id'],
  ['project', 'project_id,line_item'],
  ['key', 'api_key_id'],
] as const

/** “From the window's first day or the first day of the previous month, whichever is earlier.” */
export function costsWindow({ from, to }: ModelWindow): ModelWindow {
  const [year = '', month = ''] = to.split('-')
  const first =
    month === '01' ? `${Number(year) - 1}-12-01` : `${year}-${String(Number(month) - 1).padStart(2, '0')}-01`
  return { from: order(first, from) < 0 ? first : from, to }
}

/** Reads the reports of a window up to an instant in unix seconds. Undefined where the total is refused. */
export async function fetchCosts(
  access: { readonly baseUrl: string; readonly key: string },
  window: ModelWindow,
  end: number,
): Promise<ModelCosts | undefined> {
  const start = Date.parse(window.from) / 1000
  const reports: [report: string, rows: ModelCost[]][] = []
  const missing: string[] = []
  for (const [report, groupBy] of REPORTS) {
    try {
      reports.push([report, await fetchReport(access, { start, end }, report, groupBy)])
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      if (report === 'total') return undefined
      missing.push(report)
    }
  }
  const rawRows = reports.reduce((sum, [, rows]) => sum + rows.length, 0)
  const [[, total] = ['total', []], ...others] = reports
  return { rows: [...total, ...others.flatMap(([report, rows]) => shared(report, rows, total))], missing, rawRows }
}

/**
 * “What a grouping leaves over is `unattributed`, so each grouping adds up exactly; a remainder below 0.000001 is rounding and goes
 * to the largest item, both by day and currency.”
 */
function shared(report: string, rows: readonly ModelCost[], total: readonly ModelCost[]): ModelCost[] {
  const cells = new Set([...rows, ...total].map(({ day, currency }) => `${day} ${currency}`))
  const sumOf = (all: readonly ModelCost[], cell: string) =>
    all.filter(({ day, currency }) => `${day} ${currency}` === cell).reduce((sum, { units }) => sum + units, 0n)
  return [...cells].flatMap((cell) => {
    const [day = '', currency = ''] = cell.split(' ')
    const own = rows.filter((row) => row.day === day && row.currency === currency)
    const rest = sumOf(total, cell) - sumOf(own, cell)
    if (rest === 0n) return own
    const [largest, ...others] = own.toSorted((left, right) => Number(right.units - left.units) || byName(left, right))
    if (largest !== undefined && rest > -10_000n && rest < 10_000n)
      return [{ ...largest, units: largest.units + rest }, ...others]
    return [...own, { day, report, userId: null, subject: null, lineItem: null, currency, units: rest }]
  })
}

function byName(left: ModelCost, right: ModelCost): number {
  const nameOf = ({ userId, subject, lineItem }: ModelCost) => JSON.stringify([userId, subject ?? '', lineItem ?? ''])
  return order(nameOf(left), nameOf(right))
}

async function fetchReport(
  access: { readonly baseUrl: string; readonly key: string },
  { start, end }: { readonly start: number; readonly end: number },
  report: string,
  groupBy: string,
): Promise<ModelCost[]> {
  const buckets = await fetchDays(access, { report: 'costs', groupBy }, { start, end })
  return buckets.flatMap(({ startTime, rows }) =>
    rows.map((row) => {
      const amount = recordOf(row['amount']) ?? {}
      return {
        day: dayAt(startTime * 1000),
        report,
        userId: textOf(row['user_id']) ?? null,
        subject: textOf(row['project_id']) ?? textOf(row['api_key_id']) ?? null,
        lineItem: textOf(row['line_item']) ?? null,
        currency: String(amount['currency']).toUpperCase(),
        units: tenBillionths(String(amount['value'])),
      }
    }),
  )
}

/** A decimal text, moved by ten places, half rounded to even. */
export function tenBillionths(text: string): bigint {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.')
  const shift = Number(exponent) + 10 - fraction.length
  const digits = whole + fraction
  const sign = mantissa.startsWith('-') ? -1n : 1n
  if (shift >= 0) return sign * BigInt(digits + '0'.repeat(shift))
  const kept = digits.padStart(-shift + 1, '0')
  const [before, after] = [BigInt(kept.slice(0, shift)), kept.slice(shift)]
  const half = `5${'0'.repeat(after.length - 1)}`
  const roundsUp = order(after, half) > 0 || (after === half && before % 2n === 1n)
  return sign * (roundsUp ? before + 1n : before)
}

/** “A decimal string in the currency's main unit, without exponent and trailing zeros.” */
export function amountText(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(11, '0')
  const fraction = digits.slice(-10).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -10)}${fraction && `.${fraction}`}`
}

/** What a sync says of costs that it read. */
export function costsResults(
  found: ModelCosts | undefined,
  before: ModelCosts | null | undefined,
): ModelDataSetResult[] {
  if (found === undefined) return []
  const stored = ({ rows }: ModelCosts) =>
    rows.filter(({ units }) => units !== 0n).map((row) => ({ ...row, units: String(row.units) }))
  return [readResult('costs', found.rawRows, { before: before ? stored(before) : undefined, after: stored(found) })]
}
