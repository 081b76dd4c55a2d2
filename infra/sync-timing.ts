const MINUTE_MS = 60_000

/**
 * A sync's three clocks, in milliseconds; the order is what matters. The function is stopped before its lease ends, so
 * whoever resumes the sync works alone; and the queue delivers again only after the lease has lapsed, so a redelivered
 * message can take it up at once. 15 minutes is the longest that Lambda lets a function run.
 */
export const SYNC_TIMEOUT_MS = 14 * MINUTE_MS
export const SYNC_LEASE_MS = 15 * MINUTE_MS
export const SYNC_VISIBILITY_MS = 16 * MINUTE_MS
