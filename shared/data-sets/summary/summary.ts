import { tablesBySeries } from '../by-series.ts'
import { CURRENCY, REPORT } from '../costs/cost-rows.ts'
import { costs } from '../costs/costs.ts'
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

function summarized(table: DayTable, lastDays: number): DayTable {
  if (table.series.id === costs.id) return summarizedCosts(table, lastDays)
  // Kinds of use differ in what counts as activity. Further labels, such as models, are not needed.
  const isByKind = table.series.dimensions.length > 1
  return collapsed(table, lastDays, ([first = '', ...others]) => ({
    labels: [isByKind ? first : '', ...others.map(() => '')],
    keepsDay: false,
  }))
}

/** The total by day, and the sums of users and keys. What adds up to nothing keeps its days: that there were such costs is known then. */
function summarizedCosts(table: DayTable, lastDays: number): DayTable {
  const summary = collapsed(table, lastDays, (labels) =>
    labels[REPORT] === 'project' ? null : { labels, keepsDay: labels[REPORT] === 'total' },
  )
  const known = reportsIn(summary)
  const currencies = new Set(summary.labels[CURRENCY])
  const isLost = (labels: readonly string[]) =>
    labels[REPORT] === 'project' ? !currencies.has(labels[CURRENCY] ?? '') : !known.has(reportOf(labels))
  if (![...reportsIn(table).values()].some((labels) => isLost(labels))) return summary
  return collapsed(table, lastDays, (labels) => {
    if (isLost(labels)) return { labels, keepsDay: true }
    return labels[REPORT] === 'project' ? null : { labels, keepsDay: labels[REPORT] === 'total' }
  })
}

/** The labels of one row of each report and currency. */
function reportsIn(table: DayTable): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (let row = 0; row < table.rowCount; row += 1) {
    const labels = Object.values<string>(table.labelsAt(row))
    found.set(reportOf(labels), labels)
  }
  return found
}

function reportOf(labels: readonly string[]): string {
  return `${labels[REPORT]} ${labels[CURRENCY]}`
}

/** A row of a summary: its labels, and whether it stays on its day. Null: it is left out. */
type Summarized = { readonly labels: readonly string[]; readonly keepsDay: boolean } | null

function collapsed(table: DayTable, lastDays: number, summarize: (labels: readonly string[]) => Summarized): DayTable {
  const { series, window, days } = table
  const builder = new DayTableBuilder(series, window)
  for (const userId of table.users) {
    const { from, to } = table.spanOf(userId)
    const dayOf = dayOfSums(days.indexOf(table.lastActiveDayOf(userId) ?? ''), days.length - lastDays, days.length)
    for (let row = from; row < to; row += 1) {
      const kept = summarize(Object.values<string>(table.labelsAt(row)))
      if (kept === null) continue
      const day = table.dayPlaceAt(row)
      builder.addRowOf(table, row, { userId, labels: kept.labels }, kept.keepsDay ? day : dayOf(day))
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
