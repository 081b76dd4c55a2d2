/** A known vulnerability that is accepted for a limited time. */
export interface AuditException {
  /** The id at the end of its address in GitHub's database: `GHSA-…`. */
  readonly advisory: string
  /** Why it does no harm here, or cannot be fixed yet. */
  readonly reason: string
  /** The first day, UTC, on which the exception no longer applies. */
  readonly expiresOn: string
}

/** There are none at present. An expired or unnecessary entry fails the audit. */
export const AUDIT_EXCEPTIONS: readonly AuditException[] = []
