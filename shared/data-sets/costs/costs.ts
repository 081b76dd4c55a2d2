import type { DaySeries, SeriesRow } from '../data-set.ts'
import type { DayTable } from '../day-series/day-table.ts'

/** By what costs are reported. All but the first split the total. */
export const COST_REPORTS = ['total', 'user', 'project', 'key'] as const
export type CostReport = (typeof COST_REPORTS)[number]

/**
 * The provider's cost report: before tax and credits, not its invoice. Each report adds up to the total of each day and currency.
 * `subject` is the project's or the key's id, and empty for what the report attributes to none. Only `project` has line items.
 */
export const costs = {
  kind: 'day_series',
  id: 'costs',
  dimensions: [
    { name: 'report', plural: 'reports', example: 'project' },
    { name: 'subject', plural: 'subjects', example: 'proj_abc' },
    { name: 'lineItem', plural: 'lineItems', example: 'gpt-5, input' },
    { name: 'currency', plural: 'currencies', example: 'USD' },
  ],
  measures: [{ name: 'cost', kind: 'money', label: 'Cost', example: '12.5', addsUpWithin: ['report', 'currency'] }],
  mainMeasure: 'cost',
  activity: null,
  rowNoun: 'cost row',
  recordedLabel: 'user',
} as const satisfies DaySeries

export type CostRow = SeriesRow<typeof costs>
export type CostTable = DayTable<typeof costs>
