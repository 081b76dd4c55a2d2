import * as z from 'zod'
import { SYNC_PROBLEM_CODES } from '../domain/problem.ts'
import { type Sync, SYNC_PHASES, SYNC_STATES, SYNC_TRIGGERS } from '../integrations/sync.ts'
import { orFalse, orNull, orZero } from './sparse.ts'

/** Why a sync failed, as stored: a code, never its wording. */
export const syncProblemSchema = z.object({
  code: z.enum(SYNC_PROBLEM_CODES),
  dataSet: orNull(z.string()),
  connectedAs: orNull(z.string()),
})

/** Parts of a data set that could not be read, as stored. */
export const unreadPartsSchema = z.object({ names: z.array(z.string()).readonly(), more: orZero })

/** How far the sync with this id is. */
export const progressNoteSchema = z.object({
  syncId: z.string(),
  progress: z.object({ phase: z.enum(SYNC_PHASES), done: z.number(), total: z.number().nullable() }),
})

/** A sync, as stored in the integration and in the history. */
export const syncSchema: z.ZodType<Sync> = z.object({
  id: z.string(),
  state: z.enum(SYNC_STATES),
  trigger: z.enum(SYNC_TRIGGERS),
  queuedAt: z.string(),
  startedAt: orNull(z.string()),
  finishedAt: orNull(z.string()),
  problem: orNull(syncProblemSchema),
  removedUsers: orZero,
  dataSets: z.record(
    z.string(),
    z.object({
      unchanged: orFalse,
      rows: orZero,
      written: orZero,
      problem: orNull(z.enum(SYNC_PROBLEM_CODES)),
      unread: unreadPartsSchema.optional(),
    }),
  ),
})
