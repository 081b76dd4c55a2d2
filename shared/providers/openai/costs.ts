import * as z from 'zod'
import { type CostReport, costs } from '../../data-sets/costs/costs.ts'
import { CostTableBuilder } from '../../data-sets/costs/cost-table-builder.ts'
import type { CostItem } from '../../data-sets/costs/split-total.ts'
import type { MissingPart } from '../../data-sets/data-set.ts'
import type { Day } from '../../domain/day.ts'
import { ProviderError, type ProviderProblemCode } from '../../domain/problem.ts'
import { type Window, windowLength, withWholeMonthBefore } from '../../domain/window.ts'
import { readConcurrently } from '../http/concurrent-ranges.ts'
import { RequestRefusedError } from '../http/errors.ts'
import { amountUnits } from '../http/reply.ts'
import type { SeriesReading } from '../provider.ts'
import type { DayPages, DayReport } from './day-pages.ts'
import { type DayReadOptions, readDays } from './day-ranges.ts'
import { dayPageSchema } from './schemas.ts'

/** Each report reads up to four ranges at once. */
const REPORTS_AT_ONCE = 2

const text = z
  .string()
  .nullish()
  .transform((written) => (written?.trim() ? written : ''))

const rowSchema = z
  .object({
    amount: z.object({ value: amountUnits, currency: z.string().trim().min(1).toUpperCase() }),
    user_id: text,
    project_id: text,
    api_key_id: text,
    line_item: text,
  })
  .transform((row): CostItem => ({
    userId: row.user_id || null,
    subject: row.project_id || row.api_key_id,
    lineItem: row.line_item,
    currency: row.amount.currency,
    units: row.amount.value,
  }))

/** https://platform.openai.com/docs/api-reference/usage/costs */
export const COSTS: DayReport<CostItem> = {
  dataSet: costs.id,
  path: '/organization/costs',
  schema: dayPageSchema(z.array(rowSchema)),
  numbersAsText: true,
}

interface ReportFields {
  readonly report: Exclude<CostReport, 'total'>
  readonly groupBy: readonly string[]
  /** The first day that can be asked for. */
  readonly since?: Day
}

/** What a cost is attributed to. Costs of keys from before 2025-12-06 are refused, as reported. */
const REPORTS: readonly ReportFields[] = [
  { report: 'user', groupBy: ['user_id'] },
  { report: 'project', groupBy: ['project_id', 'line_item'] },
  { report: 'key', groupBy: ['api_key_id'], since: '2025-12-06' },
]

/** One report: the items of each day. */
interface ReportReading extends Pick<SeriesReading, 'rows' | 'daysLeftOut'> {
  readonly days: ReadonlyMap<Day, readonly CostItem[]>
}

/**
 * Reads the costs of a window and of at least the whole month before its last: the total of each day, and how users, projects with
 * line items, and keys share it. A report that the organization refuses is missing in the result. Throws `ProviderError`, also when
 * the total is refused.
 */
export async function readCosts(
  pages: DayPages<CostItem>,
  askedWindow: Window,
  { onPage, ...options }: DayReadOptions,
): Promise<SeriesReading> {
  const window = withWholeMonthBefore(askedWindow)
  const daysRead = new Map<string, number>()
  const read = (name: string, groupBy: readonly string[], from: Day, signal: AbortSignal) => {
    const onReportPage = (days: number) => {
      daysRead.set(name, days)
      const allDays = (1 + REPORTS.length) * windowLength(window)
      onPage?.(
        [...daysRead.values()].reduce((sum, each) => sum + each, 0),
        allDays,
      )
    }
    return readReport(pages, { ...window, from }, groupBy, { ...options, onPage: onReportPage, signal })
  }
  const [total, ...reports] = await readConcurrently(
    [null, ...REPORTS],
    REPORTS_AT_ONCE,
    async (fields, signal): Promise<ReportReading | ProviderProblemCode> => {
      if (fields === null) return read('total', [], window.from, signal)
      const { report, groupBy, since = window.from } = fields
      return ifNotRefused(read(report, groupBy, since > window.from ? since : window.from, signal))
    },
  )
  if (total === undefined || typeof total === 'string') throw new Error('The total was not read.')
  return joined(window, total, reports)
}

async function readReport(
  pages: DayPages<CostItem>,
  window: Window,
  groupBy: readonly string[],
  options: DayReadOptions,
): Promise<ReportReading> {
  const days = new Map<Day, readonly CostItem[]>()
  const onDay = (day: Day, items: readonly CostItem[]) => {
    days.set(day, items)
  }
  // Costs have far fewer rows than usage, so pages have all days. Those that are too large are split.
  const reading = await readDays(pages, window, { groupBy, onDay }, { ...options, expectedPeople: 0 })
  return { ...reading, days }
}

/** Why there is no report: the organization refuses the combination of groups, or the key may not read it, unlike the total. */
async function ifNotRefused(reading: Promise<ReportReading>): Promise<ReportReading | ProviderProblemCode> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof RequestRefusedError) return 'data_set_unavailable'
    if (error instanceof ProviderError && error.code === 'insufficient_permissions') return error.code
    throw error
  }
}

function joined(
  window: Window,
  total: ReportReading,
  reports: readonly (ReportReading | ProviderProblemCode)[],
): SeriesReading {
  const table = new CostTableBuilder(window)
  const add = (report: CostReport, { days }: ReportReading) => {
    table.addReport(report)
    for (const [day, items] of days) table.addItems(report, day, items)
  }
  add('total', total)
  const missing: MissingPart[] = []
  const daysLeftOutOf: Record<string, readonly Day[]> = {}
  let { rows } = total
  for (const [place, { report }] of REPORTS.entries()) {
    const reading = reports[place]
    if (reading === undefined) throw new Error(`The report by ${report} was not read.`)
    if (typeof reading === 'string') {
      missing.push({ part: report, code: reading, readAt: null })
      continue
    }
    add(report, reading)
    rows += reading.rows
    daysLeftOutOf[report] = reading.daysLeftOut
  }
  return { table: table.build(), rows, daysLeftOut: total.daysLeftOut, daysLeftOutOf, missing }
}
