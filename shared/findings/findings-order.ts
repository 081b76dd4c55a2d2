import { FINDING_TYPES, severityRank } from '../domain/finding.ts'
import type { Cost } from '../data-sets/costs/cost-views.ts'
import type { ListOrder } from '../data-sets/sorted-list.ts'
import type { Finding } from './finding.ts'

/** Cursors have at most 100 characters of a sort value: these of a name leave room for the others. */
const NAME_LENGTH = 30
/** In cents. Written with as many digits as `WITHOUT_COST`, so that texts compare as the numbers. */
const MOST_COSTLY = 10 ** 15
const WITHOUT_COST = 9 * MOST_COSTLY
const DIGITS = String(WITHOUT_COST).length

/** High ones first, then by type, organization, cost (the highest first) and label. */
export const FINDINGS_ORDER: ListOrder<Finding> = {
  valueOf: ({ severity, evidence, integrationId, integrationName, cost, subject }) =>
    [
      severityRank(severity),
      String(FINDING_TYPES.indexOf(evidence.type)).padStart(2, '0'),
      integrationName.slice(0, NAME_LENGTH),
      integrationId,
      String(costRank(cost)).padStart(DIGITS, '0'),
      subject.label,
    ].join(' '),
  idOf: ({ id }) => id,
  descending: false,
  isWritten: true,
}

/** Lower for higher costs, and highest without any. */
function costRank(cost: Cost | null): number {
  return cost === null ? WITHOUT_COST : MOST_COSTLY - Math.round(Number(cost.amount) * 100)
}
