import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { SYNC_PROBLEM_CODES } from '../domain/problem.ts'
import { type Integration, LIFECYCLES } from '../integrations/integration.ts'
import { problemsIn } from '../integrations/sync.ts'
import { generationOf, splitGeneration } from './generation.ts'
import { publishedSchema, toStoredPublished } from './published-item.ts'
import { orEmpty, orFalse, orNull, orZero, sparse } from './sparse.ts'
import { syncProblemSchema, syncSchema } from './sync-item.ts'
import { keys } from './table.ts'
import type { Item } from './table-access.ts'

const windowSchema = z.object({ from: z.string(), to: z.string() })

/** The data sets of snapshots, by the runs that wrote them: a few runs wrote most of them. */
const generationsSchema = z
  .record(z.string(), z.array(z.string()))
  .transform((dataSets) => Object.entries(dataSets).flatMap(([run, ids]) => ids.map((id) => generationOf(id, run))))

function toStoredGenerations(generations: readonly string[]): z.input<typeof generationsSchema> {
  const byRun = Map.groupBy(generations.map(splitGeneration), ({ run }) => run)
  return Object.fromEntries([...byRun].map(([run, own]) => [run, own.map(({ dataSet }) => dataSet)]))
}

/** Stored as it is: a field that is null clears something, and one that is left out does not. */
const editFieldsSchema = z.object({
  name: z.string().optional(),
  organizationId: z.string().optional(),
  companyDomains: z.array(z.string()).optional(),
  schedule: z.string().nullable().optional(),
  keyExpiresAt: z.string().nullable().optional(),
})

const pendingEditSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  fields: editFieldsSchema,
  key: z
    .object({
      keyVersion: z.number(),
      keyHint: z.string(),
      dataSetProblems: z.record(z.string(), z.enum(SYNC_PROBLEM_CODES)),
    })
    .nullable(),
})

const lifecycleSchema = z.enum(LIFECYCLES)

const integrationSchema = z.object({
  id: z.string(),
  provider: z.string(),
  organizationId: orNull(z.string()),
  name: z.string(),
  keyHint: z.string(),
  keyVersion: orZero,
  lastKeyVersion: orZero,
  keyExpiresAt: orNull(z.string()),
  companyDomains: orEmpty(z.string()),
  schedule: orNull(z.string()),
  pendingEdit: orNull(pendingEditSchema),
  simulated: orFalse,
  createdAt: z.string(),
  lifecycle: lifecycleSchema,
  problem: orNull(syncProblemSchema.extend({ since: z.string() })),
  /** Missing when they are those that the newest sync met. */
  dataSetProblems: z.record(z.string(), z.enum(SYNC_PROBLEM_CODES)).optional(),
  lastSync: orNull(syncSchema),
  lease: orNull(z.object({ expiresAt: z.string(), attempt: orZero })),
  waitingSync: orNull(syncSchema),
  published: orNull(publishedSchema),
  unpublishedGenerations: generationsSchema,
  record: orNull(z.object({ syncId: orNull(z.string()), window: windowSchema })),
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

/** What says whether an integration has changed. */
export const revisionSchema = z.object({ id: z.string(), revision: z.number() })

/** The integration as it is stored. */
export function toIntegrationItem(integration: Integration): Item & { pk: string; sk: string } {
  const { pendingEdit, published, unpublishedGenerations, dataSetProblems, lastSync, revision, ...others } = integration
  return {
    ...keys.integration(integration.id),
    ...sparse({
      ...others,
      lastSync,
      dataSetProblems: isDeepStrictEqual(dataSetProblems, problemsIn(lastSync)) ? null : dataSetProblems,
      published: published && toStoredPublished(published),
      unpublishedGenerations: toStoredGenerations(unpublishedGenerations),
    }),
    ...(pendingEdit && { pendingEdit }),
    revision,
  }
}

/** The integration in a stored item. Throws `ZodError` for an item that is none. */
export function toIntegration(item: Item): Integration {
  const integration = integrationSchema.parse(item)
  const { lastSync, dataSetProblems = problemsIn(lastSync) } = integration
  return { ...integration, dataSetProblems }
}
