import { tenBillionths } from './amounts.ts'
import type { ModelCost, ModelCosts } from './costs.ts'
import type { ModelFailure } from './organization.ts'
import { fetchDays, RefusedError, recordOf, textOf } from './raw-pages.ts'
import { COST_REPORTS, refusalBy, splitTotal } from './reported-costs.ts'
import { dayAt, type ModelWindow } from './rules.ts'

/** Reads the reports of a window up to an instant in unix seconds. Fails where the total is refused. */
export async function fetchCosts(
  access: { readonly baseUrl: string; readonly key: string },
  window: ModelWindow,
  end: number,
): Promise<ModelCosts | ModelFailure> {
  const start = Date.parse(window.from) / 1000
  const reports: [report: string, rows: ModelCost[]][] = []
  const missing: ModelCosts['missing'][number][] = []
  for (const [report, groupBy] of COST_REPORTS) {
    try {
      reports.push([report, await fetchReport(access, { start, end }, report, groupBy)])
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      if (report === 'total') return { failure: refusalBy(error.status) }
      missing.push({ report, status: error.status })
    }
  }
  const rawRows = reports.reduce((sum, [, rows]) => sum + rows.length, 0)
  const [[, total] = ['total', []], ...others] = reports
  return { rows: [...total, ...others.flatMap(([report, rows]) => splitTotal(report, rows, total))], missing, rawRows }
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
