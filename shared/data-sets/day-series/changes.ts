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
  const spanOf = (table: DayTable, userId: string | null) => table.spanOf(userId)
  for (const { userId, days } of changesByPerson(previous, next, spanOf)) {
    for (const day of days) yield { day, userId }
  }
}

/** The same for the rows that the record has, as changes of the stored items. */
export function* personDayChanges(previous: DayTable | null, next: DayTable): Generator<PersonDayChange> {
  for (const { userId, days, rows: span } of changesByPerson(previous, next, recordedSpan)) {
    for (const day of days) {
      const rows = rowsOn(next, span, day)
      yield rows.length === 0 ? { delete: { day, userId } } : { put: { day, userId, rows } }
    }
  }
}

/** A person's changed days, and the rows in the next table that were compared. */
interface PersonChanges {
  readonly userId: string | null
  readonly days: readonly Day[]
  readonly rows: RowSpan
}

function* changesByPerson(
  previous: DayTable | null,
  next: DayTable,
  spanOf: (table: DayTable, userId: string | null) => RowSpan,
): Generator<PersonChanges> {
  if (previous === next) return
  const before = previous ?? new DayTableBuilder(next.series, next.window).build()
  for (const userId of new Set([...before.users, ...next.users])) {
    const rows = spanOf(next, userId)
    yield { userId, days: daysUnlike(before, spanOf(before, userId), next, rows), rows }
  }
}

/** The range of one person's rows that the record has. Rows with the same first label are consecutive. */
function recordedSpan(table: DayTable, userId: string | null): RowSpan {
  const { recordedLabel } = table.series
  let { from, to } = table.spanOf(userId)
  if (recordedLabel === undefined) return { from, to }
  while (from < to && table.labelAt(from, 0) !== recordedLabel) from += 1
  while (from < to && table.labelAt(to - 1, 0) !== recordedLabel) to -= 1
  return { from, to }
}

/** The stored form of a person's day. A day without rows is not stored. */
function rowsOn(table: DayTable, { from, to }: RowSpan, day: Day): PersonDay['rows'] {
  const rows = []
  for (let row = from; row < to; row += 1) {
    if (table.dayAt(row) === day) rows.push({ ...table.labelsAt(row), ...table.amountsAt(row) })
  }
  return rows
}

/** The days on which one person's rows differ, oldest first. Both tables are sorted, so each is read once. */
function daysUnlike(before: DayTable, oldRows: RowSpan, after: DayTable, newRows: RowSpan): Day[] {
  const unlike = new Set<Day>()
  const old = { ...oldRows }
  const now = { ...newRows }
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
