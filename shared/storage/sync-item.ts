import * as z from 'zod'
import { recordOf } from '../data-sets/data-set.ts'
import { SYNC_PROBLEM_CODES } from '../domain/problem.ts'
import {
  COUNTED,
  DATA_SET_OUTCOMES,
  DATA_SET_PROBLEM_CODES,
  type Sync,
  SYNC_PHASES,
  SYNC_STATES,
  SYNC_TRIGGERS,
} from '../integrations/sync.ts'

const syncProblemSchema = z.object({
  code: z.enum(SYNC_PROBLEM_CODES),
  detail: z.string(),
})

/** An integration's problem, as stored. */
export const integrationProblemSchema = syncProblemSchema.extend({ since: z.string() })

const countsSchema = z.object(recordOf(COUNTED, () => z.number()))

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
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  problem: syncProblemSchema.nullable(),
  read: countsSchema,
  written: countsSchema,
  removedUsers: z.number(),
  dataSets: z.record(
    z.string(),
    z.object({
      outcome: z.enum(DATA_SET_OUTCOMES),
      rows: z.number(),
      problem: z.enum(DATA_SET_PROBLEM_CODES).nullable(),
    }),
  ),
})
