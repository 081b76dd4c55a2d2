import * as z from 'zod'
import { COMPANY_COST_GROUPINGS } from '../../../../shared/contracts/company-costs-contract.ts'

const FIELDS = z.object({
  by: z.enum(COMPANY_COST_GROUPINGS).catch('integration'),
  month: z.enum(['this', 'last']).catch('this'),
})

/** What the page shows: the grouping of the table, and its month. */
export type CompanySpendView = z.output<typeof FIELDS>

/** The view in an address. Defaults stand for what is missing or unknown. */
export function readCompanySpendView(search: URLSearchParams): CompanySpendView {
  return FIELDS.parse(Object.fromEntries(search))
}
