import type { Day } from '../domain/day.ts'
import { type Severity, severityRank } from '../domain/finding.ts'
import type { Evidence, Finding } from './finding.ts'

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
  /** Of the finding when it was accepted. */
  readonly cause: string
}

/** True while it counts: not after its last day, nor once the finding is more severe or has another cause. */
export function isInEffect(
  acceptance: Acceptance,
  { severity, evidence }: Pick<Finding, 'severity' | 'evidence'>,
  today: Day,
): boolean {
  return (
    !isOver(acceptance, today) &&
    severityRank(severity) >= severityRank(acceptance.severity) &&
    causeOf(evidence) === acceptance.cause
  )
}

/**
 * Tells apart the causes that a finding with one id can have. Empty where the id says it all. Days of use are no part of it, since they
 * are forgotten when they leave the window.
 */
export function causeOf(evidence: Evidence): string {
  if (evidence.type === 'not_in_roster') return evidence.endedOn ?? 'not_listed'
  if (evidence.type === 'integration_problem') return evidence.since
  return evidence.type === 'leaver_key' ? (evidence.key.owner?.id ?? '') : ''
}

/** True once its last day has passed. */
export function isOver({ until }: Pick<Acceptance, 'until'>, today: Day): boolean {
  return until !== null && until < today
}
