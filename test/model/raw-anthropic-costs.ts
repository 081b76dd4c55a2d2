import { tenBillionths } from './amounts.ts'
import { costsWindow, type ModelCost, type ModelCosts } from './costs.ts'
import type { ModelFailure } from './organization.ts'
import { actorOf, dayOf, fetchReport, groupedBy, orRefusal, rangeUpTo } from './raw-anthropic.ts'
import { type Raw, recordOf } from './raw-pages.ts'
import { splitTotal } from './reported-costs.ts'
import type { ModelWindow } from './rules.ts'

type Parts = Pick<ModelCost, 'userId' | 'subject' | 'lineItem'>

const NOTHING: Parts = { userId: null, subject: null, lineItem: null }
const BY_EVERYTHING = ['actor', 'model', 'product', 'workspace_id', 'api_key_id']

/** What each report says of whom or what caused a cost. A row that names neither a model nor a product is of an own line item. */
const PARTS_OF: Readonly<Record<string, (row: Raw) => Parts>> = {
  user: (row) => ({ ...NOTHING, userId: actorOf(row) }),
  project: (row) => ({
    ...NOTHING,
    subject: groupedBy(row, 'workspace_id'),
    lineItem: groupedBy(row, 'model') ?? groupedBy(row, 'product') ?? 'other',
  }),
  key: (row) => ({ ...NOTHING, subject: groupedBy(row, 'api_key_id') }),
}

/**
 * Reads the costs of a window: the total of each day, and its parts by everything at once. Without the parts, all reports but the
 * total are missing.
 */
export async function readAnthropicCosts(
  access: Parameters<typeof fetchReport>[0],
  window: ModelWindow,
  now: Date,
): Promise<ModelCosts | ModelFailure> {
  const range = rangeUpTo(costsWindow(window), now)
  const totals = await orRefusal(fetchReport(access, 'cost', [], range))
  const parts = await orRefusal(fetchReport(access, 'cost', BY_EVERYTHING, range))
  if ('failure' in totals) return totals
  const total = totals.map((row) => costOf(row, 'total', NOTHING))
  if ('failure' in parts) {
    if (parts.failure !== 'data_set_unavailable') return parts
    const missing = Object.keys(PARTS_OF).map((report) => ({ report, status: 404 }))
    return { rows: total, missing, rawRows: totals.length }
  }
  const split = Object.entries(PARTS_OF).flatMap(([report, partsOf]) =>
    splitTotal(report, addedUp(parts.map((row) => costOf(row, report, partsOf(row)))), total),
  )
  return { rows: [...total, ...split], missing: [], rawRows: totals.length + parts.length }
}

/** Each combination once: a remainder that is due to rounding goes to the largest of them. */
function addedUp(rows: readonly ModelCost[]): ModelCost[] {
  return [...Map.groupBy(rows, (row) => JSON.stringify({ ...row, units: null })).values()].flatMap((own) =>
    own[0] === undefined ? [] : [{ ...own[0], units: own.reduce((sum, { units }) => sum + units, 0n) }],
  )
}

/** Amounts are in cents, of which some decimals are written. */
function costOf(row: Raw, report: string, parts: Parts): ModelCost {
  const { amount, currency } = recordOf(row['cost']) ?? {}
  const [number, exponent = '0'] = String(amount).toLowerCase().split('e')
  const units = tenBillionths(`${number}e${Number(exponent) - 2}`)
  return { day: dayOf(row), report, ...parts, currency: String(currency).toUpperCase(), units }
}
