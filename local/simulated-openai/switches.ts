import { COMMON_AS_DOCUMENTED, type CommonSwitches } from '../simulation/switches.ts'
import type { AmountForm } from './cost-rows.ts'

/** Behavior of OpenAI that is only reported, or that is unknown. Each can be switched to either variant. */
export interface Switches extends CommonSwitches {
  /** `error` is a bare string instead of an object. */
  bareStringErrors: boolean
  /** The status for a key that lacks a scope. */
  permissionStatus: 401 | 403
  /** An expired key is answered like a wrong one, or with its own code. */
  expiredKeyAs: 'invalid_api_key' | 'api_key_expired'
  /** The full admin key's `expires_at` in the list of admin keys, in days from now. Null means never. */
  adminKeyExpiresInDays: number | null
  /** Every eighth person has no `email` field. */
  absentEmails: boolean
  /** The share of usage rows, from 0 to 1, without a user although a person caused them. */
  rowsWithoutUser: number
  /** Kinds of usage other than completions that are refused, with the status: 403, 404, or another. */
  kindsRefused: Readonly<Record<string, number>>
  /** All numbers of `decisions` are null. */
  decisionsNull: boolean
  /** Email and name are only in the nested `user`. */
  nestedUserOnly: boolean
  /** Every eighth person has neither `added_at` nor `created`. */
  absentTimes: boolean
  /** Days without usage are omitted instead of having `results: []`. */
  emptyDaysOmitted: boolean
  /** These UTC days, such as `2026-11-24`, are omitted, whatever their usage. */
  daysLeftOut: readonly string[]
  /** Today's bucket is omitted. */
  todayMissing: boolean
  /** Empty buckets continue up to an `end_time` after now. Today's bucket ends at its midnight. */
  futureBuckets: boolean
  /** The order of users: by hiring, or shuffled daily. */
  directoryOrder: 'stable' | 'shuffled'
  /** Nobody has switched the audit log on: it is empty. */
  auditLogOff: boolean
  /** The order of the audit log's entries. */
  auditLogOrder: 'newest_first' | 'oldest_first' | 'by_id'
  /** The audit log is refused with this status. */
  auditLogRefused: 403 | 404 | null
  /** The keys of these projects are answered with a status: by project id. */
  failingProjects: Readonly<Record<string, number>>
  /** Requests for the keys of these projects, by their ids, are never answered. */
  hangingProjects: readonly string[]
  /** Archived projects are listed although nobody asked for them. */
  archivedProjectsListed: boolean
  /** Project keys have no owner. */
  keysWithoutOwner: boolean
  /** How the amounts of costs are written. */
  costAmountsAs: AmountForm
  /** Costs with these groups, joined by commas, are answered with a status. Without groups: an empty text. */
  costsRefused: Readonly<Record<string, number>>
  /** Each day has a negative cost. */
  costCredits: boolean
  /** Each day has a cost that is only in the total. */
  costFees: boolean
}

/** The documented behavior. */
export const AS_DOCUMENTED: Switches = {
  ...COMMON_AS_DOCUMENTED,
  bareStringErrors: false,
  permissionStatus: 403,
  expiredKeyAs: 'invalid_api_key',
  adminKeyExpiresInDays: null,
  absentEmails: false,
  rowsWithoutUser: 0,
  kindsRefused: {},
  decisionsNull: false,
  nestedUserOnly: false,
  absentTimes: false,
  emptyDaysOmitted: false,
  daysLeftOut: [],
  todayMissing: false,
  futureBuckets: false,
  directoryOrder: 'stable',
  auditLogOff: false,
  auditLogOrder: 'newest_first',
  auditLogRefused: null,
  failingProjects: {},
  hangingProjects: [],
  archivedProjectsListed: false,
  keysWithoutOwner: false,
  costAmountsAs: 'number',
  costsRefused: {},
  costCredits: false,
  costFees: false,
}
