import { cellColumns, type CsvColumns, labelColumns, personColumns } from '../../../shared/contracts/csv-columns.ts'
import { type Amounts, type DaySeries, measureNames, recordOf } from '../../../shared/data-sets/data-set.ts'
import { addedUp } from '../../../shared/data-sets/day-series/columns.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import {
  byCell,
  byLabel,
  type DaySum,
  type LabelSum,
  type PersonSum,
  totalOf,
} from '../../../shared/data-sets/day-series/series-view.ts'
import type { Unit } from '../../../shared/data-sets/other-usage/kinds.ts'
import type { Window } from '../../../shared/domain/window.ts'
import { toCsv } from '../http/csv.ts'

/** The form of answers about a series. Data can have more measures than are shown. */
export interface SeriesForm {
  readonly series: DaySeries
  /** Of its measure `quantity`. Null: the quantity says nothing. Undefined: the series has none. */
  readonly unit?: Unit | null
}

/** The data that answers about a series are made from. */
export interface SeriesData {
  readonly window: Window
  /** Without people. */
  readonly summed: DayTable
  readonly byDay: (range: Window) => readonly DaySum[]
  readonly byPerson: (range: Window) => readonly PersonSum[]
  /** The days that count in sums over several days. */
  readonly daysToAddUp: (range: Window) => Window
}

/** The rows of a grouping. */
export function itemsBy(groupBy: string, form: SeriesForm, data: SeriesData, range: Window): readonly object[] {
  if (groupBy === 'day') return data.byDay(range).map((day) => toWireDay(form, day))
  const days = data.daysToAddUp(range)
  if (groupBy === 'user') return data.byPerson(days).map((person) => toWirePerson(form, person))
  return byLabel(data.summed, dimensionOf(form, groupBy), days).map((row) => toWireLabel(form, groupBy, row))
}

export function totalBy(form: SeriesForm, data: SeriesData, range: Window): object {
  return toWireAmounts(form, totalOf(data.summed, data.daysToAddUp(range)))
}

/** The total before anything was read. */
export function noTotal(form: SeriesForm): object {
  return toWireAmounts(form, addedUp(form.series, []))
}

/** The same as CSV. Grouped by day, it has a row for each day and text of each dimension. Only the header without data. */
export function csvBy(
  groupBy: string,
  form: SeriesForm,
  read: { readonly data: SeriesData; readonly range: Window } | null,
): string {
  const { series } = form
  if (groupBy === 'day') {
    return toCsv(withUnit(form, cellColumns(series)), read === null ? [] : byCell(read.data.summed, read.range))
  }
  const days = read?.data.daysToAddUp(read.range)
  if (groupBy === 'user') {
    return toCsv(withUnit(form, personColumns(series)), days === undefined ? [] : (read?.data.byPerson(days) ?? []))
  }
  const rows = read === null || days === undefined ? [] : byLabel(read.data.summed, dimensionOf(form, groupBy), days)
  return toCsv(withUnit(form, labelColumns(series, groupBy)), rows)
}

/** A day with the parts of each dimension, under its plural. */
export function toWireDay(form: SeriesForm, { day, amounts, parts }: DaySum) {
  const lists = form.series.dimensions.map(({ name, plural }, place) => [
    plural,
    (parts[place] ?? []).map((part) => toWireLabel(form, name, part)),
  ])
  return { day, ...toWireAmounts(form, amounts), ...Object.fromEntries(lists) }
}

/** The amounts of the form's measures, with the unit of their quantity. */
export function toWireAmounts({ series, unit }: SeriesForm, amounts: Amounts): object {
  const shown = recordOf(measureNames(series), (name) => amounts[name])
  if (unit === undefined) return shown
  return unit === null ? { ...shown, quantity: null, unit } : { ...shown, unit }
}

function withUnit<Row>({ unit }: SeriesForm, columns: CsvColumns<Row>): CsvColumns<Row> {
  if (unit === undefined) return columns
  return { ...columns, ...(unit === null && { quantity: () => null }), unit: () => unit }
}

function toWireLabel(form: SeriesForm, dimension: string, { label, amounts }: LabelSum) {
  const isNone = label === '' && form.series.dimensions.some(({ name, isOptional }) => name === dimension && isOptional)
  return { [dimension]: isNone ? null : label, ...toWireAmounts(form, amounts) }
}

function toWirePerson(form: SeriesForm, { userId, name, email, kind, amounts }: PersonSum) {
  return { userId, name, email, kind, ...toWireAmounts(form, amounts) }
}

/** The index of a dimension. The query's schema ensures that it exists. */
function dimensionOf({ series }: SeriesForm, groupBy: string): number {
  return series.dimensions.findIndex(({ name }) => name === groupBy)
}
