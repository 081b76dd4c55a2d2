import { isDeepStrictEqual } from 'node:util'
import type { Day } from '../../domain/day.ts'
import { amountAt } from './day-rows.ts'
import type { DayTable, RowSpan } from './day-table.ts'
import { DayTableBuilder } from './day-table-builder.ts'

/** One person's day, as stored in the record. `userId` is null if the provider named nobody. */
export interface PersonDay {
  readonly day: Day
  readonly userId: string | null
  /** In alphabetical order: a text for each dimension and a value for each measure, by their names. */
  readonly rows: readonly Readonly<Record<string, string | number>>[]
}

/** A stored day of a person to write or to delete. */
export type PersonDayChange =
  { readonly put: PersonDay } | { readonly delete: { readonly day: Day; readonly userId: string | null } }

/** The people's days that differ between two tables, one person at a time. A missing previous table is null. */
export function* changedDays(
  previous: DayTable | null,
  next: DayTable,
): Generator<{ readonly day: Day; readonly userId: string | null }> {
  if (previous === next) return
  const before = previous ?? new DayTableBuilder(next.series, next.window).build()
  for (const userId of new Set([...before.users, ...next.users])) {
    for (const day of daysUnlike(before, next, userId)) yield { day, userId }
  }
}

/** The same, as changes of the stored items. A day whose recorded rows are the same is left out. */
export function* personDayChanges(previous: DayTable | null, next: DayTable): Generator<PersonDayChange> {
  for (const { day, userId } of changedDays(previous, next)) {
    const rows = rowsOn(next, userId, day)
    const isPartlyRecorded = next.series.recordedLabel !== undefined
    if (isPartlyRecorded && isDeepStrictEqual(rows, previous === null ? [] : rowsOn(previous, userId, day))) continue
    yield rows.length === 0 ? { delete: { day, userId } } : { put: { day, userId, rows } }
  }
}

/** The stored form of a person's day. A day without rows is not stored. */
function rowsOn(table: DayTable, userId: string | null, day: Day): PersonDay['rows'] {
  const { from, to } = table.spanOf(userId)
  const rows = []
  for (let row = from; row < to; row += 1) {
    if (table.dayAt(row) === day && isRecorded(table, row))
      rows.push({ ...table.labelsAt(row), ...table.amountsAt(row) })
  }
  return rows
}

function isRecorded(table: DayTable, row: number): boolean {
  const { recordedLabel } = table.series
  return recordedLabel === undefined || table.labelAt(row, 0) === recordedLabel
}

/** The days on which one person's rows differ, oldest first. Both tables are sorted, so each is read once. */
function daysUnlike(before: DayTable, after: DayTable, userId: string | null): Day[] {
  const unlike = new Set<Day>()
  const old = { ...before.spanOf(userId) }
  const now = { ...after.spanOf(userId) }
  while (old.from < old.to || now.from < now.to) {
    const order = compareRows(before, old, after, now)
    if (order < 0) unlike.add(before.dayAt(old.from))
    else if (order > 0 || !haveSameAmounts(before, old.from, after, now.from)) unlike.add(after.dayAt(now.from))
    if (order <= 0) old.from += 1
    if (order >= 0) now.from += 1
  }
  return [...unlike].toSorted()
}

/** Compares the first rows of two spans. An empty span comes last. */
function compareRows(left: DayTable, leftRows: RowSpan, right: DayTable, rightRows: RowSpan): number {
  if (leftRows.from === leftRows.to) return 1
  if (rightRows.from === rightRows.to) return -1
  for (const dimension of left.labels.keys()) {
    const order = compareText(left.labelAt(leftRows.from, dimension), right.labelAt(rightRows.from, dimension))
    if (order !== 0) return order
  }
  return compareText(left.dayAt(leftRows.from), right.dayAt(rightRows.from))
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function haveSameAmounts(left: DayTable, leftRow: number, right: DayTable, rightRow: number): boolean {
  for (let column = 0; column < left.rows.shape.amounts; column += 1) {
    if (amountAt(left.rows, leftRow, column) !== amountAt(right.rows, rightRow, column)) return false
  }
  return true
}
