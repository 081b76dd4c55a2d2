import { daysBetween } from '../../domain/day.ts'
import type { DaySeries, MeasureValue } from '../data-set.ts'
import type { DayTable } from '../day-series/day-table.ts'
import { DayTableBuilder } from '../day-series/day-table-builder.ts'
import type { UsageTable } from '../usage/usage.ts'
import { otherUsage, type OtherUsageTable } from './other-usage.ts'

/* Tables that answers about kinds are made from. Within one kind, quantities add up; over all kinds, only requests do. */

const requests = { name: 'requests', kind: 'count', label: 'Requests', example: 7 } as const
const shared = { kind: 'day_series', mainMeasure: 'requests', activity: null, rowNoun: 'row' } as const

/** Usage of one other kind, by model. */
export const oneKind = {
  ...shared,
  id: 'one_kind',
  dimensions: [otherUsage.dimensions[1]],
  measures: [requests, { name: 'quantity', kind: 'count', label: 'Quantity', example: 12 }],
} as const satisfies DaySeries

/** Requests of all kinds, by kind and model. */
export const allKinds = {
  ...shared,
  id: 'all_kinds',
  dimensions: otherUsage.dimensions,
  measures: [requests],
} as const satisfies DaySeries

/** The same with the number of entries, so that usage without requests has rows. That number is not shown. */
const allKindsCounted = {
  ...allKinds,
  measures: [...allKinds.measures, { name: 'entries', kind: 'count', label: 'Entries', example: 1 }],
} as const satisfies DaySeries

export function tableOfKind(table: OtherUsageTable, kind: string): DayTable {
  const builder = new DayTableBuilder(oneKind, table.window)
  for (let row = 0; row < table.rowCount; row += 1) {
    if (table.labelAt(row, 0) !== kind) continue
    const { otherRequests, quantity } = table.amountsAt(row)
    const owner = { userId: table.userAt(row), labels: [table.labelAt(row, 1)] }
    builder.addOn(table.dayPlaceAt(row), owner, [otherRequests, quantity])
  }
  return builder.build()
}

/** All kinds in the window of the primary one. The other ones can have been read for other days. */
export function tableOfAllKinds(primaryKind: string, primary: UsageTable, others: OtherUsageTable): DayTable {
  const builder = new DayTableBuilder(allKindsCounted, primary.window, primary.rowCount + others.rowCount)
  for (let row = 0; row < primary.rowCount; row += 1) {
    const owner = { userId: primary.userAt(row), labels: [primaryKind, primary.labelAt(row, 0)] }
    builder.addOn(primary.dayPlaceAt(row), owner, [primary.amountsAt(row).requests, 1])
  }
  const offset = daysBetween(primary.window.from, others.window.from)
  for (let row = 0; row < others.rowCount; row += 1) {
    const day = others.dayPlaceAt(row) + offset
    if (day < 0 || day >= primary.days.length) continue
    const owner = { userId: others.userAt(row), labels: Object.values<string>(others.labelsAt(row)) }
    builder.addOn(day, owner, [others.amountsAt(row).otherRequests, 1])
  }
  return builder.build()
}

/** A series with the kind as its only dimension. */
export function labeledSeries(series: DaySeries): DaySeries {
  return { ...series, dimensions: otherUsage.dimensions.slice(0, 1) }
}

/** A table of one kind with the kind as its only dimension. */
export function labeled(table: DayTable, kind: string): DayTable {
  const builder = new DayTableBuilder(labeledSeries(table.series), table.window, table.rowCount)
  for (let row = 0; row < table.rowCount; row += 1) {
    const values = Object.values<MeasureValue>(table.amountsAt(row))
    builder.addOn(table.dayPlaceAt(row), { userId: table.userAt(row), labels: [kind] }, values)
  }
  return builder.build()
}
