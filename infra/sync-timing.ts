const MINUTE_MS = 60_000

/**
 * The three timeouts of a sync, in milliseconds. Their order matters: the function is stopped before its lease ends, so
 * a run that resumes the sync works alone. The queue delivers again only after the lease has expired, so a redelivered
 * message can resume at once. 15 minutes is Lambda's limit.
 */
export const SYNC_TIMEOUT_MS = 14 * MINUTE_MS
export const SYNC_LEASE_MS = 15 * MINUTE_MS
export const SYNC_VISIBILITY_MS = 16 * MINUTE_MS
