import * as z from 'zod'
import { costsQuery } from '../../../../shared/contracts/costs-contract.ts'

/** What the tables can be by. Days are in the chart. */
export const TABLE_GROUPINGS = ['project', 'lineItem', 'user', 'key'] as const
export type TableGrouping = (typeof TABLE_GROUPINGS)[number]

const FIELDS = z.object({
  stack: z.enum(['lineItem', 'project']).catch('lineItem'),
  month: z.enum(['this', 'last']).catch('this'),
  by: z.enum(TABLE_GROUPINGS).catch('project'),
  sort: z.enum(['name', '-name', 'amount', '-amount', 'change', '-change']).catch('-amount'),
  currency: costsQuery.shape.currency.catch(undefined),
})

/** What the page shows: the currency, the series of the chart, the month, grouping and order of the table. */
export type SpendView = z.output<typeof FIELDS>

/** The view in an address. Defaults stand for what is missing or unknown; the API has one for the currency. */
export function readSpendView(search: URLSearchParams): SpendView {
  return FIELDS.parse(Object.fromEntries(search))
}
