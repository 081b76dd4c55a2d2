import { type ModelDataSetResult, notReadResult, readResult } from './data-sets.ts'
import type { ModelPublished, ModelReading } from './model.ts'
import type { ModelFailure, ModelOrganization, ModelPrint, ModelPrints } from './organization.ts'
import type { ModelWindow } from './rules.ts'

/*
 * Prints are a series that some tests add, and that is optional: “one that fails keeps its last reading with its own `asOf` and
 * problem, and never fails the sync”.
 */

/** The prints of a window as far as they are believed. Undefined when they are switched off. */
export function believedPrints(
  { prints }: ModelOrganization,
  window: ModelWindow,
  published: ModelPublished | null,
): ModelPrints | ModelFailure | undefined {
  if (prints === undefined || 'failure' in prints) return prints
  const daysLeftOut = prints.daysLeftOut.filter((day) => isWithin(day, window))
  const known = published?.prints?.rows ?? []
  if (known.some((row) => daysLeftOut.includes(row.day))) return { failure: 'unexpected_reply' }
  return { rows: prints.rows.filter((row) => isWithin(row.day, window)), daysLeftOut }
}

/** How many rows of the window a sync counts as read. */
export function rowsOf(prints: ModelOrganization['prints'], window: ModelWindow): number {
  if (prints === undefined || 'failure' in prints) return 0
  return prints.rows.filter((row) => isWithin(row.day, window)).length
}

/** What is published of them after a sync. */
export function printsAfter(
  found: ModelPrints | ModelFailure | undefined,
  before: ModelPublished | null,
  reading: ModelReading,
): ModelPublished['prints'] {
  if (found === undefined) return null
  return 'failure' in found ? (before?.prints ?? null) : { ...reading, rows: found.rows }
}

/** What the sync says of them. */
export function printsResults(
  found: ModelPrints | ModelFailure | undefined,
  before: ModelPublished | null,
): ModelDataSetResult[] {
  if (found === undefined) return []
  if ('failure' in found) return [notReadResult('prints', found.failure)]
  return [readResult('prints', found.rows.length, { before: before?.prints?.rows, after: found.rows })]
}

/** All pages of them. */
export function sumOf(rows: readonly ModelPrint[]) {
  return { pages: rows.reduce((sum, row) => sum + row.pages, 0) }
}

export function isWithin(day: string, { from, to }: ModelWindow): boolean {
  return from <= day && day <= to
}
