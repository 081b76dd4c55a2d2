import type { SeriesTables } from '../../../shared/data-sets/by-series.ts'
import { rowsIn } from '../../builders.ts'

/** The rows of usage, and of costs by user: of the other reports of costs, the record has nothing. */
export function recordedRows({ usage, costs }: SeriesTables): object[] {
  const { from, to } = costs.all
  const costRows = Array.from({ length: to - from }, (_, index) => ({
    day: costs.dayAt(from + index),
    userId: costs.userAt(from + index),
    ...costs.labelsAt(from + index),
    ...costs.amountsAt(from + index),
  }))
  return [...rowsIn(usage), ...costRows.filter(({ report }) => report === 'user')]
}
