import { asOfAnswer, userGroups } from './answers.ts'
import type { Model } from './model.ts'
import type { ModelPrint } from './organization.ts'
import { isWithin, sumOf } from './prints.ts'
import { type ModelWindow, order } from './rules.ts'

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
