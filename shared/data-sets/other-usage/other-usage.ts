import type { DaySeries, SeriesRow } from '../data-set.ts'
import type { DayTable } from '../day-series/day-table.ts'
import { STOCK_KINDS } from './kinds.ts'

/** Usage of the provider's API of other kinds than the primary one, by kind and model. */
export const otherUsage = {
  kind: 'day_series',
  id: 'other_usage',
  shownWith: 'usage',
  dimensions: [
    { name: 'kind', plural: 'kinds', example: 'images' },
    // Kinds that are not attributed to models have none.
    { name: 'model', plural: 'models', isOptional: true, example: 'gpt-image-1' },
  ],
  measures: [
    { name: 'otherRequests', kind: 'count', label: 'Requests of other kinds', example: 7 },
    { name: 'quantity', kind: 'count', label: 'Quantity', example: 12, addsUpWithin: ['kind'] },
  ],
  mainMeasure: 'otherRequests',
  // What is billed or counted without requests was used, too.
  activity: { measures: ['otherRequests', 'quantity'], except: STOCK_KINDS },
  rowNoun: 'other usage row',
  isWholeByPart: true,
} as const satisfies DaySeries

export type OtherUsageRow = SeriesRow<typeof otherUsage>
export type OtherUsageTable = DayTable<typeof otherUsage>
