/** A known vulnerability that is lived with for a while. */
export interface AuditException {
  /** Its address in GitHub's database ends with it: `GHSA-…`. */
  readonly advisory: string
  /** Why it does no harm here, or cannot be mended yet. */
  readonly reason: string
  /** The first day, UTC, on which it counts no more. */
  readonly expiresOn: string
}

/** None at present. An entry that has expired, or that nothing needs any more, fails the audit. */
export const AUDIT_EXCEPTIONS: readonly AuditException[] = []
