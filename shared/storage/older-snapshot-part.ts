import { brotliDecompressSync } from 'node:zlib'
import * as z from 'zod'
import { addDays } from '../domain/day.ts'
import type { SnapshotPerson } from '../data-sets/snapshot.ts'
import { valueAt } from '../data-sets/usage/usage-columns.ts'
import type { UsageTableBuilder } from '../data-sets/usage/usage-table-builder.ts'
import { isWithin } from '../domain/window.ts'
import { personSchema } from './person-item.ts'

/** User and model by their place in the part's lists, days after its base day, the four counted ones. */
const rowSchema = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number()])
const ROW_LENGTH = 7

/** As parts were before version 3: rows, in one list or in a list each, perhaps beside people. */
const partSchema = z.object({
  version: z.literal([1, 2]),
  baseDay: z.string(),
  people: z.array(personSchema),
  users: z.array(z.string().nullable()),
  models: z.array(z.string()),
  rows: z.preprocess(rowsOf, z.array(rowSchema)),
})

function rowsOf(rows: unknown): unknown {
  if (!Array.isArray(rows) || rows.some((row) => Array.isArray(row))) return rows
  return Array.from({ length: Math.ceil(rows.length / ROW_LENGTH) }, (_, row) =>
    rows.slice(row * ROW_LENGTH, (row + 1) * ROW_LENGTH),
  )
}

/**
 * Reads a part of a snapshot that an earlier version of Rollcall wrote, as `unpackPart` does: the next sync that changes
 * anything replaces it.
 */
export function unpackOlderPart(packed: Uint8Array, usage: UsageTableBuilder | null): readonly SnapshotPerson[] {
  const { baseDay, people, users, models, rows } = partSchema.parse(JSON.parse(brotliDecompressSync(packed).toString()))
  if (usage === null) return people
  for (const [userAt, modelAt, days, requests, inputTokens, cachedInputTokens, outputTokens] of rows) {
    const day = addDays(baseDay, days)
    if (!isWithin(day, usage.window)) continue
    const [userId, model] = [valueAt(users, userAt), valueAt(models, modelAt)]
    usage.add({ day, userId, model, requests, inputTokens, cachedInputTokens, outputTokens })
  }
  return people
}
