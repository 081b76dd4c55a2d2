import type { Day } from '../domain/day.ts'
import { type Severity, severityRank } from '../domain/finding.ts'
import type { Finding } from './finding.ts'

/** That a finding may stay as it is. */
export interface Acceptance {
  readonly findingId: string
  readonly integrationId: string
  readonly reason: string
  /** The last day on which it counts (UTC). Null: for good. */
  readonly until: Day | null
  readonly by: { readonly subject: string; readonly name: string | null }
  /** ISO 8601 UTC. */
  readonly at: string
  /** Of the finding when it was accepted. */
  readonly severity: Severity
}

/** True while it counts: not after its last day, and not once the finding has become more severe. */
export function isInEffect(acceptance: Acceptance, { severity }: Pick<Finding, 'severity'>, today: Day): boolean {
  return !isOver(acceptance, today) && severityRank(severity) >= severityRank(acceptance.severity)
}

/** True once its last day has passed. */
export function isOver({ until }: Pick<Acceptance, 'until'>, today: Day): boolean {
  return until !== null && until < today
}
