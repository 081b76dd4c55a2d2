import * as z from 'zod'
import { count, cursor, instant, nextCursor, pageLimit } from './fields.ts'

const syncCounts = z.strictObject({ users: count, usageRows: count })

export const syncSchema = z
  .strictObject({
    id: z.string(),
    state: z.enum(['queued', 'running', 'succeeded', 'failed']),
    trigger: z.enum(['connect', 'schedule', 'manual', 'key_change']),
    queuedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    progress: z
      .strictObject({ phase: z.enum(['members', 'usage', 'saving']), done: count, total: count.nullable() })
      .nullable(),
    problem: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
    read: syncCounts,
    written: syncCounts,
    removedUsers: count,
  })
  .meta({ id: 'Sync' })

export const syncListQuery = z.strictObject({ limit: pageLimit, cursor })
export const syncListSchema = z.strictObject({ items: z.array(syncSchema), nextCursor })

export type WireSync = z.output<typeof syncSchema>
