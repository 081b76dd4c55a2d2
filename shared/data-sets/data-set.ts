import type * as z from 'zod'
import type { Amount } from '../domain/amount.ts'
import type { Day } from '../domain/day.ts'
import type { ProviderProblemCode } from '../domain/problem.ts'
import type { Window } from '../domain/window.ts'

/**
 * A list of current things, such as people or keys. A sync reads it whole. Storage, comparison and publishing are derived from
 * the declaration; what answers show of it is code. To add one, declare it, list it in the registry, and let a provider read it.
 */
export interface ListDataSet<Item = unknown> {
  readonly kind: 'list'
  /** Used in paths, keys and contracts. One lower-case word. */
  readonly id: string
  /** Parses a stored item. */
  readonly itemSchema: z.ZodType<Item>
  /** Identifies an item within the list. */
  idOf(item: Item): string
  /**
   * A reading together with what stays of the one before it, for providers that cannot always give all. `window` is that of the
   * reading. Default: the reading alone.
   */
  complete?(read: readonly Item[], before: EarlierItems<Item>, window: Window): readonly Item[]
  /** The names of the parts that could not be read, for people. Default: none. */
  unreadParts?(items: readonly Item[]): readonly string[]
}

/** The items of an earlier reading, and when it was published (ISO 8601 UTC). */
export interface EarlierItems<Item> {
  readonly items: readonly Item[]
  readonly syncedAt: string
}

export type ItemOf<List extends ListDataSet> = z.output<List['itemSchema']>

/** A property by which the amounts of a day are split, in addition to the person. */
export interface Dimension {
  /** The name in rows, and a value of `groupBy`. */
  readonly name: string
  /** The field in which a day lists its parts. */
  readonly plural: string
  /** True when rows can have none. Their text is empty, and null in answers. */
  readonly isOptional?: boolean
  /** Shown in the OpenAPI document. */
  readonly example: string
}

interface NamedMeasure {
  readonly name: string
  /** The column heading in tables. */
  readonly label: string
  /** The dimensions within whose texts values add up, and across which they do not. Default: they always add up. */
  readonly addsUpWithin?: readonly string[]
}

/** A whole number, 0 or more. */
interface CountMeasure extends NamedMeasure {
  readonly kind: 'count'
  /** Shown in the OpenAPI document. */
  readonly example: number
}

/** An exact amount of money, which can be negative. */
interface MoneyMeasure extends NamedMeasure {
  readonly kind: 'money'
  /** Shown in the OpenAPI document. */
  readonly example: Amount
}

/** One value of a row. The values of rows are added up. */
export type Measure = CountMeasure | MoneyMeasure

/** The value of a measure: a number of a count, a text of an amount of money. */
export type MeasureValue = number | Amount

/**
 * Amounts by day, person (null if the provider names nobody) and further dimensions. A declaration is data, not code:
 * storage, sums, API calls and CSV are derived from it. To add one, declare it, list it in the registry, and let a provider
 * read it.
 */
export interface DaySeries {
  readonly kind: 'day_series'
  /** Used in paths, keys and contracts. Lower-case words with underscores between. */
  readonly id: string
  /** The id of the series whose answers and counts include this one. Default: it has calls and counts of its own. */
  readonly shownWith?: string
  readonly dimensions: readonly Dimension[]
  /** In the order of answers and CSV. Names are unique across all series, since a user has the measures of all of them. */
  readonly measures: readonly Measure[]
  /** By this measure, lists are sorted. A day on which it is not 0 is known not to be empty. */
  readonly mainMeasure: string
  /** What is use of the provider's API. Null if nothing in the series is. */
  readonly activity: Activity | null
  /** What one of its rows is called, such as `usage row`. */
  readonly rowNoun: string
  /**
   * The texts of the first dimension are parts that are read separately, and one that is refused keeps its rows of an earlier reading.
   * Default: all rows are of one reading.
   */
  readonly isWholeByPart?: true
  /** The text of the first dimension whose rows the record has. Default: it has all. */
  readonly recordedLabel?: string
}

/** A day of a row on which one of these counts is not 0 is a day of use. */
interface Activity {
  readonly measures: readonly string[]
  /** Texts of the first dimension whose rows are no use, such as what is merely stored. Default: none. */
  readonly except?: readonly string[]
}

export type DimensionOf<Series extends DaySeries> = Series['dimensions'][number]['name']
export type MeasureOf<Series extends DaySeries> = Series['measures'][number]['name']

/** The labels of a row: a text for each dimension, in addition to person and day. */
export type Labels<Series extends DaySeries = DaySeries> = Readonly<Record<DimensionOf<Series>, string>>
/** A value for each measure. */
export type Amounts<Series extends DaySeries = DaySeries> = {
  readonly [Each in Series['measures'][number] as Each['name']]: Each extends MoneyMeasure ? Amount : number
}

/** A value for each measure that always adds up. */
export type Totals<Series extends DaySeries = DaySeries> = {
  readonly [
    Each in Series['measures'][number] as Each extends { readonly addsUpWithin: readonly string[] }
      ? never
      : Each['name']
  ]: Each extends MoneyMeasure ? Amount : number
}

/** The amounts of one person, day and further dimensions. */
export type SeriesRow<Series extends DaySeries> = {
  readonly day: Day
  /** Null if the provider named nobody. */
  readonly userId: string | null
} & Labels<Series> &
  Amounts<Series>

/**
 * A part of a series that was not available by itself, such as one kind of usage. A part is a text of the first dimension. Its rows
 * are those of an earlier reading, if there are any.
 */
export interface MissingPart {
  readonly part: string
  readonly code: ProviderProblemCode
  /** When its rows were read (ISO 8601 UTC). Null if none are kept. */
  readonly readAt: string | null
}

/** The names of a series' dimensions. */
export function dimensionNames<Series extends DaySeries>(series: Series): readonly DimensionOf<Series>[] {
  return series.dimensions.map(({ name }) => name)
}

/** The names of a series' measures. */
export function measureNames<Series extends DaySeries>(series: Series): readonly MeasureOf<Series>[] {
  return series.measures.map(({ name }) => name)
}

/** The measures that always add up. */
export function totalMeasures({ measures }: DaySeries): readonly Measure[] {
  return measures.filter((measure) => !('addsUpWithin' in measure))
}

/** A record with a value for each name, in their order. */
export function recordOf<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name, place: number) => Value,
): Readonly<Record<Name, Value>> {
  const record: Partial<Record<Name, Value>> = {}
  for (const [place, name] of names.entries()) record[name] = valueOf(name, place)
  // Each name has its value now, but the compiler cannot derive that from the loop.
  return record as Record<Name, Value>
}
