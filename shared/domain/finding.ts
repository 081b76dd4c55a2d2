/** All types of findings: docs/api.md says when there is which. */
export const FINDING_TYPES = [
  'integration_problem',
  'key_expiring',
  'leaver_key',
  'external_owner',
  'not_in_roster',
  'removal_not_done',
  'ownerless_key',
  'stale_key',
  'eternal_key',
  'idle_member',
  'spend_spike',
] as const
export type FindingType = (typeof FINDING_TYPES)[number]

/** The most severe first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

/** The place of a severity, from 0 for the highest. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

/** From which age or amount on there is a finding. Whole numbers. */
export interface FindingThresholds {
  /** A key that was created more than so many days ago, and not used in the window, is stale. */
  readonly staleKeyDays: number
  /** A key without expiry that was created more than so many days ago never expires. */
  readonly eternalKeyDays: number
  /** Somebody who was added more than so many days ago, and used nothing in the window, is idle. */
  readonly idleMemberDays: number
  /** Access that a review decided to remove at least so many days ago should be gone. */
  readonly removalDays: number
  /** Spikes are looked for in so many last days. */
  readonly spikeDays: number
  /** A day is compared with the median of so many days before it. */
  readonly spikeBaselineDays: number
  /** If fewer of these days are covered, it is not compared. */
  readonly spikeCoveredDays: number
  /** A spike costs more than so many times the median. */
  readonly spikeTimes: number
  /** A spike costs more than this, in the main unit of its currency. */
  readonly spikeAmount: number
}

export const DEFAULT_THRESHOLDS: FindingThresholds = {
  staleKeyDays: 30,
  eternalKeyDays: 365,
  idleMemberDays: 30,
  removalDays: 14,
  spikeDays: 14,
  spikeBaselineDays: 28,
  spikeCoveredDays: 14,
  spikeTimes: 3,
  spikeAmount: 20,
}
