import { FINDING_TYPES, severityRank } from '../domain/finding.ts'
import type { ListOrder } from '../data-sets/sorted-list.ts'
import type { Finding } from './finding.ts'

/** Cursors have at most 100 characters of a sort value: these of a name leave room for the others. */
const NAME_LENGTH = 30
const MOST_COSTLY = 10 ** 15
const WITHOUT_COST = 9 * MOST_COSTLY

/** High ones first, then by type, organization, cost (the highest first) and label. */
export const FINDINGS_ORDER: ListOrder<Finding> = {
  valueOf: ({ severity, evidence, integrationId, integrationName, cost, subject }) =>
    [
      severityRank(severity),
      String(FINDING_TYPES.indexOf(evidence.type)).padStart(2, '0'),
      integrationName.slice(0, NAME_LENGTH),
      integrationId,
      cost === null ? WITHOUT_COST : MOST_COSTLY - Math.round(Number(cost.amount) * 100),
      subject.label,
    ].join(' '),
  idOf: ({ id }) => id,
  descending: false,
  isWritten: true,
}
