import { amountText } from './amounts.ts'
import type { ModelCost, ModelCosts } from './costs.ts'
import type { ModelPublished } from './model.ts'
import { type ModelWindow, order } from './rules.ts'

/* What follows from the rows of a reading alone. */

type StoredCost = Omit<ModelCost, 'units'> & { readonly units: string }

/** Added up once for each reading: the answers to compare are many, the readings few. */
const stored = new WeakMap<ModelCosts['rows'], readonly StoredCost[]>()

/** Each combination once, without what adds up to nothing. */
export function storedCosts({ rows }: ModelCosts): readonly StoredCost[] {
  const known = stored.get(rows) ?? addedUp(rows)
  stored.set(rows, known)
  return known
}

function addedUp(rows: readonly ModelCost[]): StoredCost[] {
  return [...Map.groupBy(rows, (row) => JSON.stringify({ ...row, units: null })).values()].flatMap((own) => {
    const [first] = own
    const amount = sumText(own)
    return first === undefined || amount === '0' ? [] : [{ ...first, units: amount }]
  })
}

/** Found once for each reading, like `stored`: of every person and key, the cost is asked for. */
const found = new WeakMap<ModelCosts['rows'], Map<string, readonly ModelCost[]>>()

/** In a currency. */
export function rowsIn(published: ModelPublished, range: ModelWindow, currency: string | null): readonly ModelCost[] {
  const all = published.costs?.rows ?? []
  const known = found.get(all) ?? new Map<string, readonly ModelCost[]>()
  found.set(all, known)
  const place = `${range.from} ${range.to} ${currency}`
  const rows = known.get(place) ?? inRange(published, range).filter((row) => row.currency === currency)
  known.set(place, rows)
  return rows
}

export function inRange(published: ModelPublished, { from, to }: ModelWindow): ModelCost[] {
  return (published.costs?.rows ?? []).filter(({ day }) => from <= day && day <= to)
}

const currencies = new WeakMap<ModelCosts['rows'], readonly string[]>()

/** The one with costs on the most days first, then that of the largest total. */
export function currenciesOf({ costs }: ModelPublished): readonly string[] {
  if (costs === null) return []
  const known = currencies.get(costs.rows) ?? currenciesIn(costs)
  currencies.set(costs.rows, known)
  return known
}

function currenciesIn(costs: ModelCosts): string[] {
  const known = storedCosts(costs)
  const totalsOf = (currency: string) => known.filter((row) => row.report === 'total' && row.currency === currency)
  const sizeOf = (currency: string) => {
    const units = costs.rows
      .filter((row) => row.report === 'total' && row.currency === currency)
      .reduce((sum, row) => sum + row.units, 0n)
    return units < 0n ? -units : units
  }
  return [...new Set(known.map(({ currency }) => currency))].toSorted(
    (left, right) =>
      totalsOf(right).length - totalsOf(left).length || Number(sizeOf(right) - sizeOf(left)) || order(left, right),
  )
}

export function sumText(rows: readonly ModelCost[]): string {
  return amountText(rows.reduce((sum, { units }) => sum + units, 0n))
}
