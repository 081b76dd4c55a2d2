import type { AmountUnits } from '../../domain/amount.ts'

/** A part of what one day cost, as a report attributes it. */
export interface CostItem {
  /** Null if the report names nobody. */
  readonly userId: string | null
  /** The id of a project or key. Empty if the report names none. */
  readonly subject: string
  /** Empty if the report names none. */
  readonly lineItem: string
  readonly currency: string
  readonly units: AmountUnits
}

/** A millionth of the currency's main unit. A smaller remainder is due to rounding. */
const LEAST_REMAINDER: AmountUnits = 10_000n

/**
 * The items of one report and day, each combination once, with what makes them add up to the day's total of each currency: the
 * remainder is attributed to nothing. One due to rounding goes to the largest item.
 */
export function splitTotal(totals: ReadonlyMap<string, AmountUnits>, items: readonly CostItem[]): readonly CostItem[] {
  const byCurrency = Map.groupBy(addedUp(items), ({ currency }) => currency)
  const currencies = new Set([...totals.keys(), ...byCurrency.keys()])
  return [...currencies].flatMap((currency) =>
    withRemainder(currency, totals.get(currency) ?? 0n, byCurrency.get(currency) ?? []),
  )
}

/** The sum of the items' amounts by currency. */
export function totalsOf(items: readonly CostItem[]): Map<string, AmountUnits> {
  const totals = new Map<string, AmountUnits>()
  for (const { currency, units } of items) totals.set(currency, (totals.get(currency) ?? 0n) + units)
  return totals
}

function withRemainder(currency: string, total: AmountUnits, items: readonly CostItem[]): CostItem[] {
  const remainder = items.reduce((rest, { units }) => rest - units, total)
  if (remainder === 0n) return [...items]
  const isRounding = remainder < LEAST_REMAINDER && -remainder < LEAST_REMAINDER
  const largest = isRounding ? largestOf(items) : undefined
  if (largest === undefined) {
    return [...items, { userId: null, subject: '', lineItem: '', currency, units: remainder }]
  }
  return items.map((item) => (item === largest ? { ...item, units: item.units + remainder } : item))
}

/** Of several with the same amount, the first in the order of their names, so that the provider's order does not matter. */
function largestOf(items: readonly CostItem[]): CostItem | undefined {
  return items.reduce<CostItem | undefined>((largest, item) => {
    if (largest === undefined || item.units > largest.units) return item
    return item.units === largest.units && nameOf(item) < nameOf(largest) ? item : largest
  }, undefined)
}

/** The items, each combination once. */
export function addedUp(items: readonly CostItem[]): CostItem[] {
  const sums = new Map<string, CostItem>()
  for (const item of items) {
    const name = nameOf(item)
    const sum = sums.get(name)
    sums.set(name, sum === undefined ? item : { ...sum, units: sum.units + item.units })
  }
  return [...sums.values()]
}

function nameOf({ userId, subject, lineItem, currency }: CostItem): string {
  return JSON.stringify([userId, subject, lineItem, currency])
}
