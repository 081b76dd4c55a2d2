import type { AmountForm } from './cost-rows.ts'

/** Behavior of OpenAI that is only reported, or that is unknown. Each can be switched to either variant. */
export interface Switches {
  /** `error` is a bare string instead of an object. */
  bareStringErrors: boolean
  /** The status for a key that lacks a scope. */
  permissionStatus: 401 | 403
  /** An expired key is answered like a wrong one, or with its own code. */
  expiredKeyAs: 'invalid_api_key' | 'api_key_expired'
  /** The key `admin` was revoked; `nextAdmin` still works. */
  adminKeyRevoked: boolean
  /** The full admin key's `expires_at` in the list of admin keys, in days from now. Null means never. */
  adminKeyExpiresInDays: number | null
  /** Counts and times are texts. */
  numbersAsStrings: boolean
  /** Every eighth person's email is null. */
  nullEmails: boolean
  /** Every eighth person has no `email` field. */
  absentEmails: boolean
  /** Replies contain undocumented fields. */
  unknownFields: boolean
  /** The share of usage rows, from 0 to 1, without a user although a person caused them. */
  rowsWithoutUser: number
  /** Kinds of usage other than completions that are refused, with the status: 403, 404, or another. */
  kindsRefused: Readonly<Record<string, number>>
  /** All numbers of `decisions` are null. */
  decisionsNull: boolean
  /** The first user of each page after the first repeats the last user of the previous page. */
  duplicateIds: boolean
  /**
   * Each usage page is preceded by an empty one with a token. This does not apply to pages of users, whose cursor is
   * the last id.
   */
  emptyPagesWithToken: boolean
  /** After the last usage page `has_more` is still true, and its token is answered with 400. */
  trailingEmptyPage: boolean
  /**
   * With `trailingEmptyPage`, that token first gives an empty page with `has_more`, whose own token is answered with
   * 400.
   */
  emptyPageBeforeRefusal: boolean
  /** Email and name are only in the nested `user`. */
  nestedUserOnly: boolean
  /** Every eighth person has neither `added_at` nor `created`. */
  absentTimes: boolean
  /** Days without usage are omitted instead of having `results: []`. */
  emptyDaysOmitted: boolean
  /** These UTC days, such as `2026-11-24`, are omitted, whatever their usage. */
  daysLeftOut: readonly string[]
  /** An `end_time` after now is rejected with 400. */
  futureEndRefused: boolean
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
  /** The directory is empty. */
  emptyListing: boolean
  /** The keys of these projects are answered with a status: by project id. */
  failingProjects: Readonly<Record<string, number>>
  /** Requests for the keys of these projects, by their ids, are never answered. */
  hangingProjects: readonly string[]
  /** Archived projects are listed although nobody asked for them. */
  archivedProjectsListed: boolean
  /** `redacted_value` is the whole key. */
  unmaskedKeys: boolean
  /** Names of keys, projects, owners and members, and addresses of owners and invitations, contain keys, spelled in many ways. */
  keyLikeNames: boolean
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
  /** The currency of the costs of one project. */
  secondCurrency: string | null
  /** The most people or days on a page, whatever the query requests. */
  pageSizeAtMost: number | null
  /** Every page repeats the first one, with the same token or cursor. */
  firstPageAgain: boolean
  /** Pages after the first are empty and continue forever, each with a new token or cursor. */
  endlessEmptyPages: boolean
  /** The status for a page of users after an unlisted person: 400 as elsewhere, or 404 as reported. */
  unknownCursorStatus: 400 | 404
  /** Every token is answered with 400, and every cursor is unknown. */
  pageTokensRefused: boolean
  /** Every nth request is rejected with 429, with or without `Retry-After`. */
  rateLimit: { everyNth: number; retryAfterSeconds: number | null } | null
  /** Every nth reply is truncated in the middle of its body. */
  truncateEveryNth: number | null
  /** Every nth reply is an HTML page with status 200; 1 affects all of them. */
  htmlEveryNth: number | null
  /** Every nth request is answered with 500. */
  serverErrorEveryNth: number | null
  /** Every nth connection is reset before its answer. */
  resetEveryNth: number | null
  /** Every nth request is never answered. */
  hangEveryNth: number | null
  /** The delay before each answer, in milliseconds. */
  latencyMs: number
  /** The pause between headers and body of each answer, in milliseconds. */
  slowMs: number
}

/** The documented behavior. */
export const AS_DOCUMENTED: Switches = {
  bareStringErrors: false,
  permissionStatus: 403,
  expiredKeyAs: 'invalid_api_key',
  adminKeyRevoked: false,
  adminKeyExpiresInDays: null,
  numbersAsStrings: false,
  nullEmails: false,
  absentEmails: false,
  unknownFields: false,
  rowsWithoutUser: 0,
  kindsRefused: {},
  decisionsNull: false,
  duplicateIds: false,
  emptyPagesWithToken: false,
  trailingEmptyPage: false,
  emptyPageBeforeRefusal: false,
  nestedUserOnly: false,
  absentTimes: false,
  emptyDaysOmitted: false,
  daysLeftOut: [],
  futureEndRefused: false,
  todayMissing: false,
  futureBuckets: false,
  directoryOrder: 'stable',
  auditLogOff: false,
  auditLogOrder: 'newest_first',
  auditLogRefused: null,
  emptyListing: false,
  failingProjects: {},
  hangingProjects: [],
  archivedProjectsListed: false,
  unmaskedKeys: false,
  keyLikeNames: false,
  keysWithoutOwner: false,
  costAmountsAs: 'number',
  costsRefused: {},
  costCredits: false,
  costFees: false,
  secondCurrency: null,
  pageSizeAtMost: null,
  firstPageAgain: false,
  endlessEmptyPages: false,
  unknownCursorStatus: 400,
  pageTokensRefused: false,
  rateLimit: null,
  truncateEveryNth: null,
  htmlEveryNth: null,
  serverErrorEveryNth: null,
  resetEveryNth: null,
  hangEveryNth: null,
  latencyMs: 0,
  slowMs: 0,
}
