/** What OpenAI is only reported to do, or what nobody outside knows: each can be had both ways. */
export interface Switches {
  /** `error` is a bare string instead of an object. */
  bareStringErrors: boolean
  /** The status of a key that lacks a scope. */
  permissionStatus: 401 | 403
  /** An expired key is answered as a wrong one, or by a code of its own. */
  expiredKeyAs: 'invalid_api_key' | 'api_key_expired'
  /** The key `admin` was revoked; `nextAdmin` still works. */
  adminKeyRevoked: boolean
  /** The full admin key's `expires_at` in the list of admin keys, in days from now; null is never. */
  adminKeyExpiresInDays: number | null
  /** Counts and times come as text. */
  numbersAsStrings: boolean
  /** Every eighth person's email is null. */
  nullEmails: boolean
  /** Every eighth person has no `email` field at all. */
  absentEmails: boolean
  /** Replies carry fields that no description mentions. */
  unknownFields: boolean
  /** The part of usage rows, from 0 to 1, that name no user although a person caused them. */
  rowsWithoutUser: number
  /** The first user of each page after the first repeats the last of the page before. */
  duplicateIds: boolean
  /** Each usage page is preceded by an empty one with a token. A page of users cannot: its last id is the cursor. */
  emptyPagesWithToken: boolean
  /** After the last usage page `has_more` is still true, and its token answers 400. */
  trailingEmptyPage: boolean
  /** With `trailingEmptyPage`: that token gives an empty page with `has_more` first, whose own token answers 400. */
  emptyPageBeforeRefusal: boolean
  /** Email and name come in the nested `user` only. */
  nestedUserOnly: boolean
  /** Every eighth person has neither `added_at` nor `created`. */
  absentTimes: boolean
  /** Days without usage do not come, instead of coming with `results: []`. */
  emptyDaysOmitted: boolean
  /** These UTC days, such as `2026-11-24`, do not come, whatever was used on them. */
  daysLeftOut: readonly string[]
  /** An `end_time` after now is refused with 400. */
  futureEndRefused: boolean
  /** Today's bucket does not come. */
  todayMissing: boolean
  /** Buckets go on, empty, to an `end_time` after now; today's ends at its midnight. */
  futureBuckets: boolean
  /** The order of users: by hiring, or shuffled anew each day. */
  directoryOrder: 'stable' | 'shuffled'
  /** Nobody is listed. */
  emptyListing: boolean
  /** The most people, or days, that a page holds, whatever the query asks for. */
  pageSizeAtMost: number | null
  /** Every page is the first one again, with the same token or cursor to go on by. */
  firstPageAgain: boolean
  /** Pages after the first are empty and go on for ever, each with a token or a cursor that is new. */
  endlessEmptyPages: boolean
  /** The status of a page of users that is to begin after somebody who is not listed: 400 as elsewhere, 404 as reported. */
  unknownCursorStatus: 400 | 404
  /** Every token answers 400, and every cursor as an unknown one. */
  pageTokensRefused: boolean
  /** Every nth request is refused with 429, with or without `Retry-After`. */
  rateLimit: { everyNth: number; retryAfterSeconds: number | null } | null
  /** Every nth reply ends in the middle of its body. */
  truncateEveryNth: number | null
  /** Every nth reply is a page of HTML with status 200; 1 makes all of them so. */
  htmlEveryNth: number | null
  /** Every nth request is answered 500. */
  serverErrorEveryNth: number | null
  /** Every nth connection is reset before its answer. */
  resetEveryNth: number | null
  /** Every nth request is never answered. */
  hangEveryNth: number | null
  /** Each answer starts this late, in milliseconds. */
  latencyMs: number
  /** Each answer pauses this long before its body, in milliseconds; its headers are sent. */
  slowMs: number
}

/** The documented behaviour. */
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
  emptyListing: false,
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
