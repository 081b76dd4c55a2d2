import type { Amounts, DaySeries, SeriesRow } from '../data-set.ts'
import type { DayTable } from '../day-series/day-table.ts'

/** Usage of the provider's API: its primary kind of requests, by model. `inputTokens` includes cached tokens. */
export const usage = {
  kind: 'day_series',
  id: 'usage',
  dimensions: [{ name: 'model', plural: 'models', example: 'gpt-5' }],
  measures: [
    { name: 'requests', kind: 'count', label: 'Requests', example: 42 },
    { name: 'inputTokens', kind: 'count', label: 'Input tokens', example: 81_234 },
    { name: 'cachedInputTokens', kind: 'count', label: 'Cached input tokens', example: 9_123 },
    { name: 'outputTokens', kind: 'count', label: 'Output tokens', example: 40_321 },
  ],
  mainMeasure: 'requests',
  activity: { measures: ['requests'] },
  rowNoun: 'usage row',
} as const satisfies DaySeries

export type UsageAmounts = Amounts<typeof usage>
export type UsageRow = SeriesRow<typeof usage>
export type UsageTable = DayTable<typeof usage>
