import { CostTableBuilder } from '../../data-sets/costs/cost-table-builder.ts'
import { type CostReport, costs } from '../../data-sets/costs/costs.ts'
import type { CostItem } from '../../data-sets/costs/split-total.ts'
import type { Day } from '../../domain/day.ts'
import { type Window, windowLength, withWholeMonthBefore } from '../../domain/window.ts'
import { readConcurrently } from '../http/concurrent-ranges.ts'
import type { HttpClient } from '../http/http-client.ts'
import type { SeriesReading, SeriesReadOptions } from '../provider.ts'
import { type CostItemReply, costItemSchema, reportPageSchema, totalCostSchema } from './analytics-schemas.ts'
import type { Report } from './report-pages.ts'
import { coveredDays, ifOffered, readReport } from './report-ranges.ts'

type TotalReply = Pick<CostItemReply, 'starting_at' | 'cost'>

/** The total of each day. https://docs.claude.com/en/api/admin-api/analytics/cost */
export const TOTAL: Report<TotalReply> = {
  dataSet: costs.id,
  path: 'cost',
  groupBy: [],
  schema: reportPageSchema(totalCostSchema),
  numbersAsText: true,
  identityOf: ({ cost }) => cost.currency,
}

/** Its parts, from which all other reports follow. */
const PARTS: Report<CostItemReply> = {
  dataSet: costs.id,
  path: 'cost',
  groupBy: ['actor', 'model', 'product', 'workspace_id', 'api_key_id'],
  schema: reportPageSchema(costItemSchema),
  numbersAsText: true,
  identityOf: ({ group: { actor, model, product, workspace_id, api_key_id }, cost }) =>
    actor === null ? null : JSON.stringify([actor, model, product, workspace_id, api_key_id, cost.currency]),
}

type Attribution = Pick<CostItem, 'userId' | 'subject' | 'lineItem'>

const NOTHING: Attribution = { userId: null, subject: '', lineItem: '' }

/** What each report attributes a part to. */
const ATTRIBUTIONS: Readonly<Record<Exclude<CostReport, 'total'>, (group: CostItemReply['group']) => Attribution>> = {
  user: ({ actor }) => ({ ...NOTHING, userId: actor }),
  project: ({ workspace_id: workspace, model, product }) => ({
    ...NOTHING,
    subject: workspace ?? '',
    lineItem: model ?? product ?? 'other',
  }),
  key: ({ api_key_id: key }) => ({ ...NOTHING, subject: key ?? '' }),
}

const PARTED = Object.entries(ATTRIBUTIONS).map(([report, attributionOf]) => ({
  // The type of `Object.entries` does not have the names.
  report: report as keyof typeof ATTRIBUTIONS,
  attributionOf,
}))

/**
 * Reads the costs of a window and of at least the whole month before its last, as far as Anthropic has them: the total of each
 * day, and how users, workspaces with line items, and keys share it. Throws `ProviderError`, also when the total is refused. If
 * only the parts are refused, the result is without them.
 */
export async function readCosts(
  client: HttpClient,
  askedWindow: Window,
  { onPage, expectedPeople = 0 }: SeriesReadOptions = {},
): Promise<SeriesReading> {
  const window = coveredDays(withWholeMonthBefore(askedWindow))
  const total = new CostTableBuilder(window)
  const parted = new CostTableBuilder(window)
  for (const { report } of PARTED) parted.addReport(report)
  const onTotal = (day: Day, rows: readonly TotalReply[]) => {
    const items = rows.map(({ cost }) => ({ ...NOTHING, ...cost }))
    for (const table of [total, parted]) table.addItems('total', day, items)
  }
  const onParts = (day: Day, rows: readonly CostItemReply[]) => {
    for (const { report, attributionOf } of PARTED) {
      const items = rows.map(({ group, cost }) => ({ ...attributionOf(group), ...cost }))
      parted.addItems(report, day, items)
    }
  }
  const [onTotalPage, onPartsPage] = sumsFor(onPage, 2 * windowLength(window))
  const readTotal = (signal: AbortSignal) =>
    readReport(client, TOTAL, { window, onRows: onTotal }, { onPage: onTotalPage, signal })
  const readParts = (signal: AbortSignal) =>
    ifOffered(readReport(client, PARTS, { window, onRows: onParts }, { expectedPeople, onPage: onPartsPage, signal }))
  const [totalRows, partRows] = await readConcurrently([readTotal, readParts], 2, (read, signal) => read(signal))
  const rows = (totalRows ?? 0) + (partRows ?? 0)
  if (partRows != null) return { table: parted.build(), rows, daysLeftOut: [] }
  const missing = PARTED.map(({ report }) => ({ part: report, code: 'data_set_unavailable' as const, readAt: null }))
  return { table: total.build(), rows, daysLeftOut: [], missing }
}

/** Reports the days of two readings as one. */
function sumsFor(onPage: SeriesReadOptions['onPage'], totalDays: number) {
  const daysRead: [number, number] = [0, 0]
  const reporting = (place: 0 | 1) => (days: number) => {
    daysRead[place] = days
    onPage?.(daysRead[0] + daysRead[1], totalDays)
  }
  return [reporting(0), reporting(1)] as const
}
