import { DayTableBuilder } from '../../data-sets/day-series/day-table-builder.ts'
import { type OtherUsageRow, otherUsage } from '../../data-sets/other-usage/other-usage.ts'
import { type UsageRow, usage } from '../../data-sets/usage/usage.ts'
import type { Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { HttpClient } from '../http/http-client.ts'
import type { SeriesReading, SeriesReadOptions } from '../provider.ts'
import { reportPageSchema, type UsageItemReply, usageItemSchema } from './analytics-schemas.ts'
import { checkReport, type Report } from './report-pages.ts'
import { coveredDays, readReport } from './report-ranges.ts'

/** https://docs.claude.com/en/api/admin-api/analytics/usage */
export const USAGE: Report<UsageItemReply> = {
  dataSet: 'usage',
  path: 'usage',
  groupBy: ['actor', 'model', 'product'],
  schema: reportPageSchema(usageItemSchema),
  identityOf: ({ group: { actor, model, product } }) =>
    actor === null ? null : JSON.stringify([actor, model, product]),
}

/** The readings of two data sets. */
interface UsageReadings {
  readonly usage: SeriesReading
  readonly otherUsage: SeriesReading
}

/** The report of usage, which has two data sets. It is read and checked once for both. */
export class UsageReport {
  private readonly client: HttpClient
  private checked: Promise<void> | undefined
  private latest: { readonly window: Window; readonly readings: Promise<UsageReadings> } | undefined

  constructor(client: HttpClient) {
    this.client = client
  }

  check(now: Date): Promise<void> {
    return (this.checked ??= checkReport(this.client, USAGE, now))
  }

  /** Reads the window, or returns what was read of the same window before. */
  read(window: Window, options: SeriesReadOptions = {}): Promise<UsageReadings> {
    const { latest } = this
    if (latest?.window.from === window.from && latest.window.to === window.to) return latest.readings
    const readings = readUsage(this.client, window, options)
    this.latest = { window, readings }
    return readings
  }
}

async function readUsage(client: HttpClient, asked: Window, options: SeriesReadOptions): Promise<UsageReadings> {
  const window = coveredDays(asked)
  const table = new DayTableBuilder(usage, window)
  const others = new DayTableBuilder(otherUsage, window)
  let otherRows = 0
  const onRows = (day: Day, rows: readonly UsageItemReply[]) => {
    for (const row of rows) {
      if (row.group.product === null) {
        otherRows += 1
        others.add(codeExecutionOf(day, row))
      } else table.add(usageRowOf(day, row))
    }
  }
  const rows = await readReport(client, USAGE, { window, onRows }, options)
  // Days without usage have no rows, so none is left out.
  return {
    usage: { table: table.build(), rows: rows - otherRows, daysLeftOut: [] },
    otherUsage: { table: others.build(), rows: otherRows, daysLeftOut: [] },
  }
}

function usageRowOf(day: Day, { group, usage: used }: UsageItemReply): UsageRow {
  const { ephemeral_5m_input_tokens: created5m, ephemeral_1h_input_tokens: created1h } = used.cache_creation
  return {
    day,
    userId: group.actor,
    model: group.model ?? 'unknown',
    requests: used.requests ?? 0,
    inputTokens: used.uncached_input_tokens + used.cache_read_input_tokens + created5m + created1h,
    cachedInputTokens: used.cache_read_input_tokens,
    outputTokens: used.output_tokens,
  }
}

/** Of a row without a product, `requests` counts executions of code, which are no requests. */
function codeExecutionOf(day: Day, { group, usage: used }: UsageItemReply): OtherUsageRow {
  return {
    day,
    userId: group.actor,
    kind: 'code_execution',
    model: group.model ?? '',
    otherRequests: 0,
    quantity: used.requests ?? 0,
  }
}
