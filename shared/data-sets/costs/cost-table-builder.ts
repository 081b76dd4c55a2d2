import { amountOf } from '../../domain/amount.ts'
import type { Day } from '../../domain/day.ts'
import { daysOfWindow, type Window } from '../../domain/window.ts'
import { DayTableBuilder } from '../day-series/day-table-builder.ts'
import { type CostReport, type CostTable, costs } from './costs.ts'
import { addedUp, type CostItem, splitTotal, totalsOf } from './split-total.ts'

/** Collects a total and the reports that split it. In the table, each report adds up to the total of each day and currency. */
export class CostTableBuilder {
  private readonly window: Window
  private readonly reports = new Map<CostReport, Map<Day, readonly CostItem[]>>()

  constructor(window: Window) {
    this.window = window
  }

  /** Adds a report without costs, so that the table has it in any case. */
  addReport(report: CostReport): void {
    if (!this.reports.has(report)) this.reports.set(report, new Map())
  }

  /** Adds items of a day, as one report attributes them. Only their sums are kept. */
  addItems(report: CostReport, day: Day, items: readonly CostItem[]): void {
    this.addReport(report)
    const days = this.reports.get(report)
    days?.set(day, addedUp([...(days.get(day) ?? []), ...items]))
  }

  build(): CostTable {
    const table = new DayTableBuilder(costs, this.window)
    for (const day of daysOfWindow(this.window)) {
      const totals = totalsOf(this.reports.get('total')?.get(day) ?? [])
      for (const [report, days] of this.reports) {
        for (const { units, ...labels } of splitTotal(totals, days.get(day) ?? [])) {
          table.add({ day, report, ...labels, cost: amountOf(units) })
        }
      }
    }
    return table.build()
  }
}
