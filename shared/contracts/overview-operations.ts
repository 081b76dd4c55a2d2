import { companyCostsQuery, companyCostsSchema } from './company-costs-contract.ts'
import { ok, operation, reading } from './operation.ts'
import { overviewSchema } from './overview-contract.ts'

/** The calls that answer with figures over all organizations. */
export const overviewOperations = {
  getOverview: operation({
    ...reading,
    operationId: 'getOverview',
    path: '/v1/overview',
    summary: 'Counts people, seats, licenses, costs and findings of all organizations',
    answer: ok('The figures', overviewSchema),
  }),
  getCompanyCosts: operation({
    ...reading,
    operationId: 'getCompanyCosts',
    path: '/v1/costs',
    summary:
      'Shows the costs of all organizations by integration, person or department: the providers’ cost reports, before tax and credits, not their invoices; the items add up to the totals',
    csv: true,
    query: companyCostsQuery,
    answer: ok('A page of costs', companyCostsSchema),
    problems: ['validation_failed', 'response_too_large'],
  }),
} as const
