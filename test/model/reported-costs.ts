import { type ModelCost, type ModelCosts, costsWindow } from './costs.ts'
import type { ModelFailure } from './organization.ts'
import { type ModelWindow, order } from './rules.ts'

/** A part of what a day costs, before OpenAI reports it. */
export interface ModelCharge {
  readonly day: string
  readonly userId: string | null
  readonly projectId: string | null
  readonly apiKeyId: string | null
  readonly lineItem: string | null
  /** In lower case, as OpenAI writes it. */
  readonly currency: string
  /** Ten-billionths. */
  readonly units: bigint
  /** No report attributes it. */
  readonly isOnlyInTotal: boolean
}

/** What each report says of whom or what caused a charge. */
const PARTS_OF = {
  total: () => ({}),
  user: ({ userId }: ModelCharge) => ({ userId }),
  project: ({ projectId, lineItem }: ModelCharge) => ({ subject: projectId, lineItem }),
  key: ({ apiKeyId }: ModelCharge) => ({ subject: apiKeyId }),
}

/** The reports of costs, and by what OpenAI groups them. */
export const COST_REPORTS = [
  ['total', ''],
  ['user', 'user_id'],
  ['project', 'project_id,line_item'],
  ['key', 'api_key_id'],
] as const

/**
 * What a sync finds of charges. `refused`: the status with which OpenAI answers a report, by what it is grouped by. “A combination
 * that the organization refuses” is missing; without the total, or when a report fails otherwise, there are no costs.
 */
export function reportedCosts(
  charges: readonly ModelCharge[],
  window: ModelWindow,
  refused: Readonly<Record<string, number>>,
): ModelCosts | ModelFailure {
  const { from, to } = costsWindow(window)
  const charged = charges.filter(({ day }) => from <= day && day <= to)
  const statusBy = (groupBy: string) => refused[groupBy] ?? 200
  const failed = COST_REPORTS.map(([, groupBy]) => statusBy(groupBy)).find(
    (status, place) => status >= 500 || (place === 0 && status >= 400),
  )
  if (failed !== undefined) return { failure: refusalBy(failed) }
  const read = COST_REPORTS.filter(([, groupBy]) => statusBy(groupBy) < 400).map(
    ([report]) => [report, addedUp(report, charged)] as const,
  )
  const [[, total] = ['total', []], ...others] = read
  return {
    rows: [...total, ...others.flatMap(([report, rows]) => splitTotal(report, rows, total))],
    missing: COST_REPORTS.map(([report, groupBy]) => ({ report, status: statusBy(groupBy) })).filter(
      ({ status }) => status >= 400,
    ),
    rawRows: read.flatMap(([, rows]) => rows).length,
  }
}

/** The code of a status with which the total is refused. */
export function refusalBy(status: number): string {
  if (status >= 500) return 'provider_unreachable'
  return status === 403 ? 'insufficient_permissions' : 'unexpected_reply'
}

/** The rows of a report, as OpenAI adds them up. */
function addedUp(report: keyof typeof PARTS_OF, charges: readonly ModelCharge[]): ModelCost[] {
  const rows = charges
    .filter(({ isOnlyInTotal }) => report === 'total' || !isOnlyInTotal)
    .map((charge): ModelCost => {
      const { day, currency, units } = charge
      const none = { userId: null, subject: null, lineItem: null }
      return { day, report, ...none, ...PARTS_OF[report](charge), currency: currency.toUpperCase(), units }
    })
  return [...Map.groupBy(rows, nameOf).values()].flatMap((own) => {
    const [first] = own
    return first === undefined ? [] : [{ ...first, units: own.reduce((sum, { units }) => sum + units, 0n) }]
  })
}

/**
 * “What a grouping leaves over is `unattributed`, so each grouping adds up exactly; a remainder below 0.000001 is rounding and goes
 * to the largest item, both by day and currency.”
 */
export function splitTotal(report: string, rows: readonly ModelCost[], total: readonly ModelCost[]): ModelCost[] {
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
  const withoutNull = ({ userId, subject, lineItem }: ModelCost) =>
    JSON.stringify([userId, subject ?? '', lineItem ?? ''])
  return order(withoutNull(left), withoutNull(right))
}

function nameOf({ day, report, userId, subject, lineItem, currency }: ModelCost): string {
  return JSON.stringify([day, report, userId, subject, lineItem, currency])
}
