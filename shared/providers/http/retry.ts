const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 8_000

/** How long to wait after the `attempt`-th failure (from 1): doubling, between half and all of it at random. */
export function backoffMs(attempt: number): number {
  const fullMs = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS)
  return Math.round(fullMs * (0.5 + Math.random() / 2))
}

/**
 * How long the reply asks to wait: `retry-after-ms`, else `Retry-After` in seconds or as an HTTP date. Null when it names
 * no time to come: nothing, zero, a negative number, a date that has passed, or what cannot be understood.
 */
export function retryAfterMs(headers: Headers, now: Date): number | null {
  const value = headers.get('retry-after')
  const asked = [numberOf(headers.get('retry-after-ms')), numberOf(value) * 1000, httpDateMs(value) - now.getTime()]
  const waitMs = asked.find((ms) => ms > 0)
  return waitMs === undefined ? null : Math.ceil(waitMs)
}

/** `NaN` for what is no number of seconds or milliseconds. */
function numberOf(text: string | null): number {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}

/** The instant of an HTTP date in any of its three forms; `NaN` for anything else, such as `-1`, which `Date` takes for a year. */
function httpDateMs(text: string | null): number {
  const date = text?.trim() ?? ''
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(date)) return Number.NaN
  // The oldest of the forms names no zone: it is GMT, too. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
  return Date.parse(date.endsWith('GMT') ? date : `${date} GMT`)
}
