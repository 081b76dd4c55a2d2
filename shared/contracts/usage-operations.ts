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
import { usageQuery, usageSchema, userUsageSchema } from './usage-contract.ts'

/** The calls that answer about usage of all kinds. */
export const usageOperations = {
  getUserUsage: operation({
    ...exportable,
    operationId: 'getUserUsage',
    path: '/v1/integrations/{id}/users/{userId}/usage',
    summary: 'Shows one user’s usage by day and model, and each day’s usage of other kinds',
    params: userParams,
    query: rangeQuery,
    answer: ok('The days with usage', userUsageSchema),
  }),
  getUsage: operation({
    ...exportable,
    operationId: 'getUsage',
    path: '/v1/integrations/{id}/usage',
    summary:
      'Shows the organization’s usage of a kind, or of all, by day, model, user or kind; the items add up to the total',
    query: usageQuery,
    answer: ok('The usage', usageSchema),
    problems: [...exportable.problems, 'data_set_not_read'],
  }),
} as const

/** The same for routes: which rows an answer has depends on the query, so the compiler cannot check them. */
export const USAGE_OPERATIONS: {
  readonly ofUser: Operation<typeof userParams, typeof rangeQuery, typeof noBody>
  readonly ofOrganization: Operation<typeof integrationParams, typeof usageQuery, typeof noBody>
} = { ofUser: usageOperations.getUserUsage, ofOrganization: usageOperations.getUsage }
