/** Behavior that every simulated provider can show. Each switch is off in the documented behavior. */
export interface CommonSwitches {
  /** The key `admin` was revoked; `nextAdmin` still works. */
  adminKeyRevoked: boolean
  /** Numbers are texts. */
  numbersAsStrings: boolean
  /** Replies contain undocumented fields. */
  unknownFields: boolean
  /** Every eighth person's email is null. */
  nullEmails: boolean
  /** The directory is empty. */
  emptyListing: boolean
  /** The whole key is shown where its hint is expected. */
  unmaskedKeys: boolean
  /** Names of keys and of people, and addresses, contain keys, spelled in many ways. */
  keyLikeNames: boolean
  /** The first item of each page of people after the first repeats the last item of the previous page. */
  duplicateIds: boolean
  /**
   * Each page of a report is preceded by an empty one with a token. This does not apply to pages of people, whose cursor is the
   * last id.
   */
  emptyPagesWithToken: boolean
  /** After the last page of a report `has_more` is still true, and its token is answered with 400. */
  trailingEmptyPage: boolean
  /**
   * With `trailingEmptyPage`, that token first gives an empty page with `has_more`, whose own token is answered with 400.
   */
  emptyPageBeforeRefusal: boolean
  /** Each page of a report after the first begins with the last row of the page before. */
  repeatedRows: boolean
  /** An end of a report after now is rejected with 400. */
  futureEndRefused: boolean
  /** The currency of a part of the costs. */
  secondCurrency: string | null
  /** The most items on a page, whatever the query requests. */
  pageSizeAtMost: number | null
  /** Every page repeats the first one, with the same token or cursor. */
  firstPageAgain: boolean
  /** Pages after the first are empty and continue forever, each with a new token or cursor. */
  endlessEmptyPages: boolean
  /** The status for a page of people after an unlisted person: 400 as elsewhere, or 404 as reported. */
  unknownCursorStatus: 400 | 404
  /** Every token is answered with 400, and every cursor is unknown. */
  pageTokensRefused: boolean
  /** Every nth request is rejected with 429, with or without `Retry-After`. */
  rateLimit: { everyNth: number; retryAfterSeconds: number | null } | null
  /** Every nth reply is truncated in the middle of its body. */
  truncateEveryNth: number | null
  /** Every nth reply is an HTML page with status 200; 1 affects all of them. */
  htmlEveryNth: number | null
  /** Every nth request is answered with `serverErrorStatus`. */
  serverErrorEveryNth: number | null
  serverErrorStatus: number
  /** Every nth connection is reset before its answer. */
  resetEveryNth: number | null
  /** Every nth request is never answered. */
  hangEveryNth: number | null
  /** The delay before each answer, in milliseconds. */
  latencyMs: number
  /** The pause between headers and body of each answer, in milliseconds. */
  slowMs: number
}

export const COMMON_AS_DOCUMENTED: CommonSwitches = {
  adminKeyRevoked: false,
  numbersAsStrings: false,
  unknownFields: false,
  nullEmails: false,
  emptyListing: false,
  unmaskedKeys: false,
  keyLikeNames: false,
  duplicateIds: false,
  emptyPagesWithToken: false,
  trailingEmptyPage: false,
  emptyPageBeforeRefusal: false,
  repeatedRows: false,
  futureEndRefused: false,
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
  serverErrorStatus: 500,
  resetEveryNth: null,
  hangEveryNth: null,
  latencyMs: 0,
  slowMs: 0,
}
