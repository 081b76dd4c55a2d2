import type { Day } from '../domain/day.ts'

/** A list of things as they are now, such as the people of the directory. What is in it is code: its own schema and rules. */
export interface ListDataSet {
  readonly kind: 'list'
  /** In paths, keys and contracts. */
  readonly id: string
}

/** What the amounts of a day are split by, besides the person. */
export interface Dimension {
  /** In rows, and as a value of `groupBy`. */
  readonly name: string
  /** Under which a day lists its parts. */
  readonly plural: string
  /** In the OpenAPI document. */
  readonly example: string
}

/** One number of a row: 0 or more, summed by addition. */
export interface Measure {
  readonly name: string
  /** As tables for people head it. */
  readonly label: string
  /** In the OpenAPI document. */
  readonly example: number
}

/**
 * Amounts by day, person (null: the provider named nobody) and further dimensions. It is data, not code: storage, sums, calls and
 * CSV follow from it. Adding one takes a declaration, a line in the registry and a provider that reads it.
 */
export interface DaySeries {
  readonly kind: 'day_series'
  /** In paths, keys and contracts: one lower-case word. */
  readonly id: string
  readonly dimensions: readonly Dimension[]
  /** In the order of answers and CSV. Their names differ from those of all other series: a user has them side by side. */
  readonly measures: readonly Measure[]
  /** The name of the measure that counts as use; lists are sorted by it. */
  readonly activity: string
}

export type DataSet = ListDataSet | DaySeries

export type DimensionOf<Series extends DaySeries> = Series['dimensions'][number]['name']
export type MeasureOf<Series extends DaySeries> = Series['measures'][number]['name']

/** What a row is about, besides person and day: a text for each dimension. */
export type Labels<Series extends DaySeries = DaySeries> = Readonly<Record<DimensionOf<Series>, string>>
/** A number for each measure. */
export type Amounts<Series extends DaySeries = DaySeries> = Readonly<Record<MeasureOf<Series>, number>>

/** The amounts of one person, day and further dimensions. */
export type SeriesRow<Series extends DaySeries> = {
  readonly day: Day
  /** Null: the provider named nobody. */
  readonly userId: string | null
} & Labels<Series> &
  Amounts<Series>

/** The names of a series' dimensions. */
export function dimensionNames<Series extends DaySeries>(series: Series): readonly DimensionOf<Series>[] {
  return series.dimensions.map(({ name }) => name)
}

/** The names of a series' measures. */
export function measureNames<Series extends DaySeries>(series: Series): readonly MeasureOf<Series>[] {
  return series.measures.map(({ name }) => name)
}

/** A record with a value for each name, in their order. */
export function recordOf<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name, place: number) => Value,
): Readonly<Record<Name, Value>> {
  const record: Partial<Record<Name, Value>> = {}
  for (const [place, name] of names.entries()) record[name] = valueOf(name, place)
  // Each name has its value now, which the loop does not tell the compiler.
  return record as Record<Name, Value>
}
