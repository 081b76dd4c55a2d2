import * as z from 'zod'
import { recordOf } from '../data-sets/data-set.ts'
import { type Integration, LIFECYCLES, SEATS_COUNTED } from '../integrations/integration.ts'
import { DATA_SET_PROBLEM_CODES } from '../integrations/sync.ts'
import { integrationProblemSchema, syncSchema } from './sync-item.ts'
import { keys } from './table.ts'
import type { Item } from './table-access.ts'

const windowSchema = z.object({ from: z.string(), to: z.string() })

const publishedDataSetSchema = z.object({
  syncId: z.string(),
  syncedAt: z.string(),
  window: windowSchema,
  generation: z.string(),
  parts: z.number(),
  digest: orNull(z.string()),
})

const publishedSchema = z.object({
  dataSets: z.object({ directory: publishedDataSetSchema }).catchall(publishedDataSetSchema),
  counts: z.object(recordOf(SEATS_COUNTED, () => z.number())),
  inferredDomains: z.array(z.string()),
})

const pendingEditSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  fields: z.object({
    name: z.string().optional(),
    organizationId: z.string().optional(),
    companyDomains: z.array(z.string()).optional(),
    schedule: z.string().nullable().optional(),
    keyExpiresAt: z.string().nullable().optional(),
  }),
  key: z.object({ keyVersion: z.number(), keyHint: z.string() }).nullable(),
})

/** What is null is not stored, because each kilobyte of an item costs a unit whenever it is written. */
function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().default(null)
}

const lifecycleSchema = z.enum(LIFECYCLES)

const integrationSchema: z.ZodType<Integration> = z.object({
  id: z.string(),
  provider: z.string(),
  organizationId: orNull(z.string()),
  name: z.string(),
  keyHint: z.string(),
  keyVersion: z.number(),
  lastKeyVersion: z.number(),
  keyExpiresAt: orNull(z.string()),
  companyDomains: z.array(z.string()),
  schedule: orNull(z.string()),
  pendingEdit: orNull(pendingEditSchema),
  simulated: z.boolean(),
  createdAt: z.string(),
  lifecycle: lifecycleSchema,
  problem: orNull(integrationProblemSchema),
  dataSetProblems: z.record(z.string(), z.enum(DATA_SET_PROBLEM_CODES)),
  lastSync: orNull(syncSchema),
  lease: orNull(z.object({ expiresAt: z.string(), attempt: z.number() })),
  waitingSync: orNull(syncSchema),
  published: orNull(publishedSchema),
  generations: z.array(z.string()),
  record: orNull(z.object({ syncId: z.string().nullable(), window: windowSchema })),
  lateWritesUntil: orNull(z.string()),
  implausible: orNull(z.object({ at: z.string(), missing: z.string() })),
  revision: z.number(),
})

/** What dispatch has to know of an integration: of ten thousand, nothing else is read. */
export const scheduledSchema = z.object({
  id: z.string(),
  schedule: orNull(z.string()),
  lifecycle: lifecycleSchema,
})

/** The integration as it is stored. */
export function toIntegrationItem(integration: Integration): Item & { pk: string; sk: string } {
  const told = Object.entries(integration).filter(([, value]) => value !== null)
  return { ...keys.integration(integration.id), ...Object.fromEntries(told) }
}

/** The integration in a stored item. Throws `ZodError` for an item that is none. */
export function toIntegration(item: Item): Integration {
  return integrationSchema.parse(item)
}
