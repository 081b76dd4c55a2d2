const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 8_000

/** How long to wait after the `attempt`-th failure (from 1): doubling, between half and all of it at random. */
export function backoffMs(attempt: number): number {
  const fullMs = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS)
  return Math.round(fullMs * (0.5 + Math.random() / 2))
}

/**
 * How long the reply asks to wait: `retry-after-ms`, else `Retry-After` in seconds or as an HTTP date. Null when it
 * says nothing that can be understood.
 */
export function retryAfterMs(headers: Headers, now: Date): number | null {
  const milliseconds = numberOf(headers.get('retry-after-ms'))
  if (milliseconds !== null) return Math.ceil(milliseconds)
  const value = headers.get('retry-after')
  const seconds = numberOf(value)
  if (seconds !== null) return Math.ceil(seconds * 1000)
  const instant = Date.parse(value ?? '')
  return Number.isNaN(instant) ? null : Math.max(0, instant - now.getTime())
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null
}
