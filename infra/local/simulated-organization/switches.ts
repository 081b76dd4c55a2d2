/** What OpenAI is only reported to do, or what nobody outside knows: each can be had both ways. */
export interface Switches {
  /** `error` is a bare string instead of an object. */
  bareStringErrors: boolean
  /** The status of a key that lacks a scope. */
  permissionStatus: 401 | 403
  /** Counts and times come as text. */
  numbersAsStrings: boolean
  /** Replies carry fields that no description mentions. */
  unknownFields: boolean
  /** The first user of each page after the first repeats the last of the page before. */
  duplicateIds: boolean
  /** Each usage page is preceded by an empty one with a token. */
  emptyPagesWithToken: boolean
  /** After the last usage page `has_more` is still true, and its token answers 400. */
  trailingEmptyPage: boolean
  /** Email and name come in the nested `user` only. */
  nestedUserOnly: boolean
  /** Today's bucket does not come. */
  todayMissing: boolean
  /** Nobody is listed. */
  emptyListing: boolean
  /** Every nth request is refused with 429, with or without `Retry-After`. */
  rateLimit: { everyNth: number; retryAfterSeconds: number | null } | null
  /** Every nth reply ends in the middle of its body. */
  truncateEveryNth: number | null
  /** Every nth reply is a page of HTML with status 200. */
  htmlEveryNth: number | null
  /** Every nth request is answered 500. */
  serverErrorEveryNth: number | null
  /** Each answer is this late, in milliseconds. */
  latencyMs: number
}

/** The documented behaviour. */
export const AS_DOCUMENTED: Switches = {
  bareStringErrors: false,
  permissionStatus: 403,
  numbersAsStrings: false,
  unknownFields: false,
  duplicateIds: false,
  emptyPagesWithToken: false,
  trailingEmptyPage: false,
  nestedUserOnly: false,
  todayMissing: false,
  emptyListing: false,
  rateLimit: null,
  truncateEveryNth: null,
  htmlEveryNth: null,
  serverErrorEveryNth: null,
  latencyMs: 0,
}
