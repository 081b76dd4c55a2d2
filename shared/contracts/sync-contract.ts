import * as z from 'zod'
import { recordOf } from '../data-sets/data-set.ts'
import { SHOWN_SERIES } from '../data-sets/by-series.ts'
import { DATA_SET_OUTCOMES, SYNC_PHASES, SYNC_STATES, SYNC_TRIGGERS } from '../integrations/sync.ts'
import { count, cursor, instant, nextCursor, pageLimit } from './fields.ts'

const problem = z.strictObject({ code: z.string(), detail: z.string() })

/** The names in `read` and `written`: users, and the rows of each series with counts of its own. */
export const COUNTED = ['users', ...SHOWN_SERIES.map(({ id }) => `${id}Rows` as const)] as const
const syncCounts = z.strictObject(recordOf(COUNTED, () => count))

export const syncSchema = z
  .strictObject({
    id: z.string(),
    state: z.enum(SYNC_STATES),
    trigger: z.enum(SYNC_TRIGGERS),
    queuedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    progress: z.strictObject({ phase: z.enum(SYNC_PHASES), done: count, total: count.nullable() }).nullable(),
    problem: problem.nullable(),
    read: syncCounts,
    written: syncCounts,
    removedUsers: count,
    dataSets: z
      .array(
        z.strictObject({
          id: z.string(),
          outcome: z.enum(DATA_SET_OUTCOMES),
          rows: count,
          problem: problem.nullable(),
        }),
      )
      .meta({ description: 'What was read. Empty before the end.' }),
  })
  .meta({ id: 'Sync' })

export const syncListQuery = z.strictObject({ limit: pageLimit, cursor })
export const syncListSchema = z.strictObject({ items: z.array(syncSchema), nextCursor })

export type WireSync = z.output<typeof syncSchema>

/** `read` or `written` of a sync, from a number of each data set. */
export function syncCountsOf(countOf: (dataSet: string) => number | undefined): WireSync['read'] {
  return recordOf(COUNTED, (_, place) => countOf(place === 0 ? 'directory' : (SHOWN_SERIES[place - 1]?.id ?? '')) ?? 0)
}
