import { type DaySeries, dimensionNames } from '../data-sets/data-set.ts'
import { SHOWN_SERIES } from '../data-sets/by-series.ts'
import { costs } from '../data-sets/costs/costs.ts'
import { usage } from '../data-sets/usage/usage.ts'
import { rangeQuery } from './data-contract.ts'
import { exportable, integrationParams, type noBody, ok, type Operation, operation, userParams } from './operation.ts'
import { seriesQuery, seriesSchema, userDaysSchema } from './series-contract.ts'

/** The calls that answer from one series. */
export interface SeriesOperations {
  readonly series: DaySeries
  readonly ofOrganization: Operation<typeof integrationParams, ReturnType<typeof seriesQuery>, typeof noBody>
  readonly ofUser: Operation<typeof userParams, typeof rangeQuery, typeof noBody>
}

/** These have calls of their own: `usageOperations` and `costsOperations`. */
const OTHERS: readonly string[] = [usage.id, costs.id]

/** The calls of all series that follow from their declarations. */
export const SERIES_OPERATIONS: readonly SeriesOperations[] = SHOWN_SERIES.filter(({ id }) => !OTHERS.includes(id)).map(
  (series) => ({ series, ofOrganization: ofOrganization(series), ofUser: ofUser(series) }),
)

/** The same by operation, such as `getPrints` and `getUserPrints`. No code names one of them, so the type has none. */
export const seriesOperations: object = Object.fromEntries(
  SERIES_OPERATIONS.flatMap(({ ofOrganization, ofUser }) => [
    [ofUser.operationId, ofUser],
    [ofOrganization.operationId, ofOrganization],
  ]),
)

function ofOrganization(series: DaySeries) {
  const { id } = series
  const groupings = ['day', ...dimensionNames(series)].join(', ')
  return operation({
    ...exportable,
    operationId: `get${capitalized(id)}`,
    path: `/v1/integrations/{id}/${id}`,
    summary: `Shows the organization’s ${id} by ${groupings} or user; the items add up to the total`,
    query: seriesQuery(series),
    answer: ok(`The ${id}`, seriesSchema(series)),
    problems: [...exportable.problems, 'data_set_not_read'],
  })
}

function ofUser(series: DaySeries) {
  const { id } = series
  return operation({
    ...exportable,
    operationId: `getUser${capitalized(id)}`,
    path: `/v1/integrations/{id}/users/{userId}/${id}`,
    summary: `Shows one user’s ${id} by ${['day', ...dimensionNames(series)].join(' and ')}`,
    params: userParams,
    query: rangeQuery,
    answer: ok(`The days with ${id}`, userDaysSchema(series)),
    problems: [...exportable.problems, 'data_set_not_read'],
  })
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
