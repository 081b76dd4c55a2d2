const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 8_000

/** The pause after the `attempt`-th failure (from 1): exponential backoff with jitter between half and all of it. */
export function backoffMs(attempt: number): number {
  const fullMs = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS)
  return Math.round(fullMs * (0.5 + Math.random() / 2))
}

/**
 * The pause that a reply requests: `retry-after-ms`, else `Retry-After` in seconds or as an HTTP date. Null when it is
 * missing, zero, negative, in the past, or not understood.
 */
export function retryAfterMs(headers: Headers, now: Date): number | null {
  const value = headers.get('retry-after')
  const asked = [numberOf(headers.get('retry-after-ms')), numberOf(value) * 1000, httpDateMs(value) - now.getTime()]
  const waitMs = asked.find((ms) => ms > 0)
  return waitMs === undefined ? null : Math.ceil(waitMs)
}

/** `NaN` for anything but a number of seconds or milliseconds. */
function numberOf(text: string | null): number {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}

/** Parses an HTTP date in any of its three forms. `NaN` for anything else, such as `-1`, which `Date` accepts as a year. */
function httpDateMs(text: string | null): number {
  const date = text?.trim() ?? ''
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(date)) return Number.NaN
  // The oldest form has no time zone. It is GMT as well. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
  return Date.parse(date.endsWith('GMT') ? date : `${date} GMT`)
}
