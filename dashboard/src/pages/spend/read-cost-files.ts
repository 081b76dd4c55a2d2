import { COST_GROUPINGS, type CostGrouping } from '../../../../shared/contracts/costs-contract.ts'
import type { WireAsOf } from '../../../../shared/contracts/data-contract.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { NoAnswerError } from '../../api/api-error.ts'

/** The costs of the same days as CSV by each grouping, all of one reading. */
export interface CostFiles {
  readonly csv: ReadonlyMap<CostGrouping, string>
  readonly asOf: WireAsOf
}

const ATTEMPTS = 3

/** Reads all groupings, and reads them again if a sync published new costs in between. Throws `NoAnswerError`. */
export async function readCostFiles(
  api: ApiClient,
  id: string,
  range: { readonly from: Day; readonly to: Day },
): Promise<CostFiles> {
  const read = async (groupBy: CostGrouping) => {
    const file = await api.csv(operations.getCosts, { params: { id }, query: { groupBy, format: 'csv', ...range } })
    return { groupBy, text: await file.content.text(), asOf: file.asOf }
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const files = await Promise.all(COST_GROUPINGS.map(read))
    const asOf = files[0]?.asOf ?? null
    if (asOf !== null && files.every((file) => file.asOf?.syncId === asOf.syncId)) {
      return { csv: new Map(files.map(({ groupBy, text }) => [groupBy, text])), asOf }
    }
  }
  throw new NoAnswerError('New costs were published while they were read. Try again.')
}
