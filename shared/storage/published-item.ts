import * as z from 'zod'
import { type MissingPart, recordOf } from '../data-sets/data-set.ts'
import { PROVIDER_PROBLEM_CODES } from '../domain/problem.ts'
import { type Published, type PublishedDataSet, SEATS_COUNTED } from '../integrations/integration.ts'
import { generationOf, splitGeneration, SUMMARY } from './generation.ts'
import { orEmpty, orNull, orZero } from './sparse.ts'
import { unreadPartsSchema } from './sync-item.ts'

const snapshotSchema = z
  .object({
    run: z.string(),
    parts: orZero,
    digest: orNull(z.string()),
    /** Most parts are missing for one reason, which is said once. */
    missing: z
      .array(z.object({ code: z.enum(PROVIDER_PROBLEM_CODES), readAt: orNull(z.string()), parts: z.array(z.string()) }))
      .optional(),
    unread: unreadPartsSchema.optional(),
    covered: z.object({ from: z.string(), to: z.string() }).optional(),
  })
  .transform(({ missing, ...snapshot }) => ({
    ...snapshot,
    ...(missing !== undefined && {
      missing: missing.flatMap(({ parts, ...why }) => parts.map((part) => ({ part, ...why }))),
    }),
  }))

/** The data sets whose last readings are of the same sync and window. Most syncs read all, so this is said once. */
const readingSchema = z.object({
  syncId: z.string(),
  syncedAt: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  dataSets: z.record(z.string(), snapshotSchema),
})

/** What is published, as stored. */
export const publishedSchema = z
  .object({
    /** The one with the directory comes first. */
    readings: z.array(readingSchema),
    summary: z.object({ run: z.string(), parts: orZero }),
    counts: z.object(recordOf(SEATS_COUNTED, () => orZero)).prefault({}),
    inferredDomains: orEmpty(z.string()),
  })
  .transform(({ readings, summary: { run: summaryRun, parts }, ...counted }, context): Published => {
    const summary = { generation: generationOf(SUMMARY, summaryRun), parts }
    const pointers = readings.flatMap(({ dataSets, ...reading }) =>
      Object.entries(dataSets).map(([id, { run, ...snapshot }]): [string, PublishedDataSet] => [
        id,
        { ...reading, ...snapshot, generation: generationOf(id, run) },
      ]),
    )
    const { directory, ...optional } = Object.fromEntries(pointers)
    if (directory !== undefined) return { ...counted, summary, dataSets: { directory, ...optional } }
    context.addIssue({ code: 'custom', message: 'The directory is missing.' })
    return z.NEVER
  })

/** What `publishedSchema` reads. */
export function toStoredPublished({
  dataSets,
  summary,
  counts,
  inferredDomains,
}: Published): z.input<typeof publishedSchema> {
  const readings: z.input<typeof readingSchema>[] = []
  for (const [id, pointer] of Object.entries(dataSets)) {
    if (pointer === undefined) continue
    const { syncId, syncedAt, window, generation, missing, ...others } = pointer
    const snapshot = {
      run: splitGeneration(generation).run,
      ...others,
      ...(missing !== undefined && { missing: storedMissing(missing) }),
    }
    const same = readings.find(
      (reading) => reading.syncId === syncId && reading.window.from === window.from && reading.window.to === window.to,
    )
    if (same === undefined) readings.push({ syncId, syncedAt, window, dataSets: { [id]: snapshot } })
    else same.dataSets[id] = snapshot
  }
  const { run } = splitGeneration(summary.generation)
  return { counts, inferredDomains: [...inferredDomains], readings, summary: { run, parts: summary.parts } }
}

function storedMissing(missing: readonly MissingPart[]): NonNullable<z.input<typeof snapshotSchema>['missing']> {
  const reasons: NonNullable<z.input<typeof snapshotSchema>['missing']> = []
  for (const { part, code, readAt } of missing) {
    const same = reasons.find((each) => each.code === code && each.readAt === readAt)
    if (same === undefined) reasons.push({ code, readAt, parts: [part] })
    else same.parts.push(part)
  }
  return reasons
}
