import { COMMON_AS_DOCUMENTED, type CommonSwitches } from '../simulation/switches.ts'
import type { AmountForm } from './cost-rows.ts'

/** Why an organization's analytics are refused. */
export type AnalyticsRefusal = 'hipaa_readiness' | 'not_enrolled' | 'not_found'

/** Behavior of Anthropic that is only reported, or that is unknown. Each can be switched to either variant. */
export interface Switches extends CommonSwitches {
  /** A Console organization has other roles than one of Claude Enterprise. */
  organizationKind: 'console' | 'enterprise'
  /** The status for a workspace's key, which has no access to the organization. */
  workspaceKeyStatus: 401 | 403
  /** Endpoints that are answered with a status, by the last part of their path, such as `api_keys`. */
  refused: Readonly<Record<string, number>>
  /** The organization has no usage and cost analytics. */
  analyticsRefused: AnalyticsRefusal | null
  /** Invites that were deleted are listed too. */
  deletedInvitesListed: boolean
  /** API keys have neither a principal nor a creator. */
  keysWithoutOwner: boolean
  /** API keys have no `partial_key_hint`. */
  keysWithoutHint: boolean
  /** The share of usage, from 0 to 1, without an actor although somebody caused it. */
  rowsWithoutActor: number
  /** Actors of federated identities have a type that nobody knows. */
  unknownActors: boolean
  /** Usage of Claude Code has a product that nobody knows. */
  unknownProducts: boolean
  /** `data_refreshed_at` is null. */
  refreshUnknown: boolean
  /** How the amounts of costs are written. */
  costAmountsAs: AmountForm
  /** Costs with groups are answered with this status. */
  costPartsRefused: number | null
  /** Each day has a negative cost. */
  costCredits: boolean
  /** Each day has a cost that is only in the total: grouped rows leave it out. */
  costFees: boolean
}

/** The documented behavior. */
export const AS_DOCUMENTED: Switches = {
  ...COMMON_AS_DOCUMENTED,
  organizationKind: 'console',
  workspaceKeyStatus: 403,
  refused: {},
  analyticsRefused: null,
  deletedInvitesListed: false,
  keysWithoutOwner: false,
  keysWithoutHint: false,
  rowsWithoutActor: 0,
  unknownActors: false,
  unknownProducts: false,
  refreshUnknown: false,
  costAmountsAs: 'decimal',
  costPartsRefused: null,
  costCredits: false,
  costFees: false,
}
