import * as z from 'zod'
import type { Integration } from '../domain/integration.ts'
import { integrationProblemSchema, syncSchema } from './sync-item.ts'
import { keys } from './table.ts'
import type { Item } from './table-access.ts'

const windowSchema = z.object({ from: z.string(), to: z.string() })

const publishedSchema = z.object({
  syncId: z.string(),
  syncedAt: z.string(),
  window: windowSchema,
  generation: z.string(),
  parts: z.number(),
  peopleParts: z.number().default(0),
  usageDigest: z.string().nullable().default(null),
  counts: z.object({
    members: z.number(),
    guests: z.number(),
    inUse: z.number(),
    unused: z.number(),
    noData: z.number(),
  }),
  inferredDomains: z.array(z.string()),
})

const pendingEditSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  fields: z.object({
    name: z.string().optional(),
    companyDomains: z.array(z.string()).optional(),
    schedule: z.string().nullable().optional(),
    keyExpiresAt: z.string().nullable().optional(),
  }),
  key: z.object({ keyVersion: z.number(), keyHint: z.string() }).nullable(),
})

const integrationSchema: z.ZodType<Integration> = z.object({
  id: z.string(),
  provider: z.literal('openai'),
  name: z.string(),
  keyHint: z.string(),
  keyVersion: z.number(),
  lastKeyVersion: z.number(),
  keyExpiresAt: z.string().nullable(),
  companyDomains: z.array(z.string()),
  schedule: z.string().nullable(),
  pendingEdit: pendingEditSchema.nullable(),
  simulated: z.boolean(),
  createdAt: z.string(),
  lifecycle: z.enum(['pending', 'visible', 'deleting']),
  problem: integrationProblemSchema.nullable(),
  lastSync: syncSchema.nullable(),
  lease: z.object({ expiresAt: z.string().nullable(), attempt: z.number() }).nullable(),
  waitingSync: syncSchema.nullable(),
  published: publishedSchema.nullable(),
  generations: z.array(z.string()),
  dirtyWindow: windowSchema.nullable(),
  // Absent in items that were last written before there was such an instant.
  lateWritesUntil: z.string().nullable().default(null),
  implausible: z.object({ at: z.string(), fingerprint: z.string() }).nullable(),
  revision: z.number(),
})

/** The integration as it is stored. */
export function toIntegrationItem(integration: Integration): Item & { pk: string; sk: string } {
  return { ...keys.integration(integration.id), ...integration }
}

/** The integration in a stored item. Throws `ZodError` for an item that is none. */
export function toIntegration(item: Item): Integration {
  return integrationSchema.parse(item)
}
