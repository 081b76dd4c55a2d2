import { addDays, daysBetween, type Day } from '../../../shared/domain/day.ts'

const NAMED_MODELS = 5
const REST = 'Other models'
/** Use of what is attributed to no model. */
const NO_MODEL = 'No model'

/** A day's requests from a usage answer, which may omit days without requests. */
export interface DayOfModels {
  readonly day: Day
  readonly requests: number
  readonly models: readonly { readonly model: string | null; readonly requests: number }[]
}

/** The data of a day chart: the models, most used first, and one number per model for every day. */
export interface StackedDays {
  readonly models: readonly { readonly name: string; readonly requests: number }[]
  readonly days: readonly { readonly day: Day; readonly total: number; readonly values: readonly number[] }[]
}

/** Stacks each day's requests by model. The least used models share the last series. */
export function stackDays(rows: readonly DayOfModels[], from: Day, to: Day): StackedDays {
  const totals = new Map<string, number>()
  for (const { models } of rows) {
    for (const { model, requests } of models) {
      const name = model ?? NO_MODEL
      totals.set(name, (totals.get(name) ?? 0) + requests)
    }
  }
  const ordered = [...totals].filter(([, requests]) => requests > 0).toSorted((left, right) => right[1] - left[1])
  const hasRest = ordered.length > NAMED_MODELS + 1
  const named = hasRest ? ordered.slice(0, NAMED_MODELS) : ordered
  const restTotal = ordered.slice(named.length).reduce((sum, [, requests]) => sum + requests, 0)
  const models = [...named, ...(hasRest ? [[REST, restTotal] as const] : [])].map(([name, requests]) => ({
    name,
    requests,
  }))
  const rowOf = new Map(rows.map((row) => [row.day, row]))
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => {
    const day = addDays(from, index)
    const row = rowOf.get(day)
    const byModel = new Map(row?.models.map(({ model, requests }) => [model ?? NO_MODEL, requests]))
    const values = named.map(([name]) => byModel.get(name) ?? 0)
    const total = row?.requests ?? 0
    const rest = total - values.reduce((sum, value) => sum + value, 0)
    return { day, total, values: hasRest ? [...values, rest] : values }
  })
  return { models, days }
}

/** The top of the scale for a value: 1, 2 or 5 times a power of ten, or 4 where that wastes less space. */
export function scaleTop(value: number): number {
  if (value <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10
  return step * power
}
