import { addDays, daysBetween, type Day } from '../../../shared/domain/day.ts'

const NAMED_SERIES = 5
const REST = ''

/** A part of a day, of one series. Values are whole numbers of any size: requests, or units of an amount of money. */
export interface DayPart {
  readonly id: string
  readonly name: string
  readonly value: bigint
}

/** A day's parts, which add up to its total. Days without any may be left out. */
export interface DayOfParts {
  readonly day: Day
  readonly total: bigint
  readonly parts: readonly DayPart[]
}

/** The data of a day chart: the series, the largest first, and one value per series for every day. */
export interface StackedDays {
  readonly series: readonly { readonly id: string; readonly name: string; readonly total: bigint }[]
  readonly days: readonly { readonly day: Day; readonly total: bigint; readonly values: readonly bigint[] }[]
}

/** Stacks each day's parts by series. The smallest share the last one, which gets the name for the rest. */
export function stackDays(rows: readonly DayOfParts[], from: Day, to: Day, restName: string): StackedDays {
  const ordered = seriesOf(rows)
  const hasRest = ordered.length > NAMED_SERIES + 1
  const named = hasRest ? ordered.slice(0, NAMED_SERIES) : ordered
  const rest = { id: REST, name: restName, total: sumOf(ordered.slice(named.length).map(({ total }) => total)) }
  const rowOf = new Map(rows.map((row) => [row.day, row]))
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => {
    const day = addDays(from, index)
    const row = rowOf.get(day)
    const bySeries = new Map(row?.parts.map(({ id, value }) => [id, value]))
    const values = named.map(({ id }) => bySeries.get(id) ?? 0n)
    const total = row?.total ?? 0n
    return { day, total, values: hasRest ? [...values, total - sumOf(values)] : values }
  })
  return { series: hasRest ? [...named, rest] : named, days }
}

/** What a day's bar is as high as. Negative values, such as credits, have no bar. */
export function heightOf({ values }: StackedDays['days'][number]): number {
  return Number(sumOf(values.filter((value) => value > 0n)))
}

/** The top of the scale for a value: 1, 2 or 5 times a power of ten, or 4 where that wastes less space. */
export function scaleTop(value: number): number {
  if (value <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10
  return step * power
}

export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n)
}

function seriesOf(rows: readonly DayOfParts[]): StackedDays['series'] {
  const series = new Map<string, { id: string; name: string; total: bigint }>()
  for (const { id, name, value } of rows.flatMap(({ parts }) => parts)) {
    if (value === 0n) continue
    series.set(id, { id, name, total: (series.get(id)?.total ?? 0n) + value })
  }
  return [...series.values()].toSorted((left, right) =>
    left.total === right.total ? 0 : left.total > right.total ? -1 : 1,
  )
}
