import { tablesBySeries } from '../by-series.ts'
import { type CostReport, costs } from '../costs/costs.ts'
import type { DaySeries } from '../data-set.ts'
import type { DayTable } from '../day-series/day-table.ts'
import { DayTableBuilder } from '../day-series/day-table-builder.ts'
import type { Snapshot } from '../snapshot.ts'

/**
 * A snapshot without its days: small enough that the summaries of a hundred organizations answer questions about all of them. Users,
 * their costs and their keys are derived from it as from the whole snapshot, with the same result, since each of their rows has the sums
 * of the window on its last day of use. Costs by day stay for the total alone.
 */
export function summaryOf({ people, series, lists }: Snapshot): Snapshot {
  const lastDays = series.usage.days.length
  return {
    people: people.map((person) => ({ ...person, projects: null })),
    series: tablesBySeries(({ id }) => summarized(series[id], lastDays)),
    lists: { ...lists, invites: null },
  }
}

/** What becomes of the rows with the same labels: their labels in the summary. Null when they are left out. */
function labelsIn({ id }: DaySeries, labels: readonly string[]): readonly string[] | null {
  if (id === costs.id) return isReport(labels, 'project') ? null : labels
  // Kinds of use differ in what counts as activity. Further labels, such as models, are not needed.
  const [first = '', ...others] = labels
  return [others.length === 0 ? '' : first, ...others.map(() => '')]
}

function isReport([report]: readonly string[], wanted: CostReport): boolean {
  return report === wanted
}

function summarized(table: DayTable, lastDays: number): DayTable {
  const { series, window, days } = table
  const builder = new DayTableBuilder(series, window)
  for (const userId of table.users) {
    const { from, to } = table.spanOf(userId)
    const dayOf = dayOfSums(days.indexOf(table.lastActiveDayOf(userId) ?? ''), days.length - lastDays, days.length)
    for (let row = from; row < to; row += 1) {
      const labels = labelsIn(series, Object.values<string>(table.labelsAt(row)))
      if (labels === null) continue
      const day = table.dayPlaceAt(row)
      const isKept = series.id === costs.id && isReport(labels, 'total')
      builder.addRowOf(table, row, { userId, labels }, isKept ? day : dayOf(day))
    }
  }
  return builder.build()
}

/**
 * The day of the sums that a day belongs to. Those of the last days, which count in totals, stay apart from those before, and both are on
 * the last day of use if it is among their days.
 */
function dayOfSums(lastUse: number, firstCounted: number, dayCount: number): (day: number) => number {
  const before = lastUse >= 0 && lastUse < firstCounted ? lastUse : firstCounted - 1
  const counted = lastUse >= firstCounted ? lastUse : dayCount - 1
  return (day) => (day < firstCounted ? before : counted)
}
