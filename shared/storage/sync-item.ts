import * as z from 'zod'
import type { Sync } from '../integrations/sync.ts'

const syncProblemSchema = z.object({
  code: z.enum([
    'invalid_admin_key',
    'not_an_admin_key',
    'insufficient_permissions',
    'account_deactivated',
    'admin_key_missing',
    'provider_unreachable',
    'provider_rate_limited',
    'unexpected_reply',
    'different_organization',
    'organization_already_connected',
    'implausible_listing',
    'interrupted',
    'internal_error',
  ]),
  detail: z.string(),
})

/** An integration's problem, as stored. */
export const integrationProblemSchema = syncProblemSchema.extend({ since: z.string() })

const countsSchema = z.object({ users: z.number(), usageRows: z.number() })

/** A sync, as stored in the integration and in the history. */
export const syncSchema: z.ZodType<Sync> = z.object({
  id: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed']),
  trigger: z.enum(['connect', 'schedule', 'manual', 'key_change']),
  queuedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress: z
    .object({ phase: z.enum(['members', 'usage', 'saving']), done: z.number(), total: z.number().nullable() })
    .nullable(),
  problem: syncProblemSchema.nullable(),
  read: countsSchema,
  written: countsSchema,
  removedUsers: z.number(),
})
