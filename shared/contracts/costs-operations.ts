import { costsQuery, costsSchema, userCostsSchema } from './costs-contract.ts'
import { rangeQuery } from './data-contract.ts'
import {
  exportable,
  type integrationParams,
  type noBody,
  ok,
  type Operation,
  operation,
  userParams,
} from './operation.ts'

/** The calls that answer about costs. */
export const costsOperations = {
  getUserCosts: operation({
    ...exportable,
    operationId: 'getUserCosts',
    path: '/v1/integrations/{id}/users/{userId}/costs',
    summary: 'Shows one user’s costs by day, in the main currency',
    params: userParams,
    query: rangeQuery,
    answer: ok('The days with costs', userCostsSchema),
    problems: [...exportable.problems, 'data_set_not_read'],
  }),
  getCosts: operation({
    ...exportable,
    operationId: 'getCosts',
    path: '/v1/integrations/{id}/costs',
    summary:
      'Shows the organization’s costs by day, user, project, line item or key: the provider’s cost report, before tax and credits, not its invoice; the items add up to the total',
    query: costsQuery,
    answer: ok('The costs', costsSchema),
    problems: [...exportable.problems, 'data_set_not_read'],
  }),
} as const

/** The same for routes: which rows an answer has depends on the query, so the compiler cannot check them. */
export const COSTS_OPERATIONS: {
  readonly ofUser: Operation<typeof userParams, typeof rangeQuery, typeof noBody>
  readonly ofOrganization: Operation<typeof integrationParams, typeof costsQuery, typeof noBody>
} = { ofUser: costsOperations.getUserCosts, ofOrganization: costsOperations.getCosts }
