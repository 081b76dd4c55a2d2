import { asOfAnswer, userGroups } from './answers.ts'
import { type ModelDataSetResult, notReadResult, readResult } from './data-sets.ts'
import type { Model, ModelPublished, ModelReading } from './model.ts'
import type { ModelFailure, ModelOrganization, ModelPrint, ModelPrints } from './organization.ts'
import { type ModelWindow, order } from './rules.ts'

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

/** Prints of a range of the window, with their total. Null when there is no reading of them. */
export function printsAnswer(
  model: Model,
  nowMs: number,
  groupBy: 'day' | 'printer' | 'user',
  range: Partial<ModelWindow>,
) {
  const published = model.published?.prints ?? null
  if (published === null) return null
  const rows = published.rows.filter((row) => isWithin(row.day, { ...published.window, ...range }))
  const items = { day: () => byDay(rows), printer: () => byPrinter(rows), user: () => byUser(model, rows) }[groupBy]()
  const shown = { ...published.window, ...range }
  return { asOf: asOfAnswer({ published }, nowMs), ...shown, groupBy, items, nextCursor: null, total: sumOf(rows) }
}

/** Somebody's days with prints. Null when there is no reading of them. */
export function userPrintsAnswer(model: Model, nowMs: number, userId: string) {
  const published = model.published?.prints ?? null
  if (published === null) return null
  const items = byDay(published.rows.filter((row) => row.userId === userId))
  return { items, nextCursor: null, asOf: asOfAnswer({ published }, nowMs) }
}

export function sumOf(rows: readonly ModelPrint[]) {
  return { pages: rows.reduce((sum, row) => sum + row.pages, 0) }
}

function byDay(rows: readonly ModelPrint[]) {
  return [...Map.groupBy(rows, (row) => row.day)]
    .map(([day, own]) => ({
      day,
      ...sumOf(own),
      printers: byPrinter(own).toSorted((left, right) => order(left.printer, right.printer)),
    }))
    .toSorted((left, right) => order(left.day, right.day))
}

function byPrinter(rows: readonly ModelPrint[]) {
  return [...Map.groupBy(rows, (row) => row.printer)]
    .map(([printer, own]) => ({ printer, ...sumOf(own) }))
    .toSorted((left, right) => right.pages - left.pages || order(left.printer, right.printer))
}

function byUser(model: Model, rows: readonly ModelPrint[]) {
  const { own, rest } = userGroups(model, rows)
  const summed = own
    .map((group) => ({ ...group.user, ...sumOf(group.rows) }))
    .toSorted((left, right) => right.pages - left.pages || order(left.userId, right.userId))
  return [...summed, ...rest.map((group) => ({ ...group.user, ...sumOf(group.rows) }))].filter(({ pages }) => pages > 0)
}

function isWithin(day: string, { from, to }: ModelWindow): boolean {
  return from <= day && day <= to
}
