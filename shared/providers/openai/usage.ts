import type { Day } from '../../domain/day.ts'
import { DayTableBuilder } from '../../data-sets/day-series/day-table-builder.ts'
import { usage, type UsageRow } from '../../data-sets/usage/usage.ts'
import type { Window } from '../../domain/window.ts'
import type { SeriesReading } from '../provider.ts'
import type { DayPages, DayReport } from './day-pages.ts'
import { type DayReadOptions, readDays } from './day-ranges.ts'
import { type UsageRowReply, usagePageSchema } from './schemas.ts'

/** https://platform.openai.com/docs/api-reference/usage/completions */
export const COMPLETIONS: DayReport<UsageRowReply> = {
  dataSet: 'usage',
  path: '/organization/usage/completions',
  schema: usagePageSchema,
}

/** Reads the window's usage of completions by user and model. */
export async function readUsage(
  pages: DayPages<UsageRowReply>,
  window: Window,
  options: DayReadOptions,
): Promise<SeriesReading> {
  const table = new DayTableBuilder(usage, window)
  const onDay = (day: Day, rows: readonly UsageRowReply[]) => {
    for (const row of rows) table.add(usageRowOf(day, row))
  }
  const reading = await readDays(pages, window, { groupBy: ['user_id', 'model'], onDay }, options)
  return { ...reading, table: table.build() }
}

function usageRowOf(day: Day, row: UsageRowReply): UsageRow {
  return {
    day,
    userId: row.user_id?.trim() ? row.user_id : null,
    model: row.model?.trim() || 'unknown',
    requests: row.num_model_requests,
    inputTokens: row.input_tokens,
    cachedInputTokens: row.input_cached_tokens ?? 0,
    outputTokens: row.output_tokens,
  }
}
