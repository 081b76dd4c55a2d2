/** Pages of a provider's API, read with plain fetch. Missing values, and values of another type, are undefined. */

export type Raw = Readonly<Record<string, unknown>>

export interface RawBucket {
  /** Unix seconds. */
  readonly startTime: number
  readonly rows: readonly Raw[]
}

const ATTEMPTS = 8
const LONGEST_WAIT_MS = 1_000
const MAX_PAGES = 2_000

/** Every entry of a list, such as `users`, once, as the last page that has it says. */
export async function fetchList(
  { baseUrl, key }: { readonly baseUrl: string; readonly key: string },
  list: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Raw[]> {
  const entries = new Map<string, Raw>()
  let after: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const query = new URLSearchParams({ limit: '100', ...parameters, ...(after !== undefined && { after }) })
    const page = await fetchJson(`${baseUrl}/organization/${list}?${query.toString()}`, key)
    const data = recordsOf(page['data'])
    for (const entry of data) entries.set(textOf(entry['id']) ?? '', entry)
    const last = textOf(data.at(-1)?.['id'])
    if (page['has_more'] !== true || last === undefined) return [...entries.values()]
    after = last
  }
  throw new Error(`The list of ${list} comes to no end.`)
}

/** Every bucket of a report, such as `usage/images`, between two instants in unix seconds once, the end left out; 31 a page. */
export async function fetchDays(
  { baseUrl, key }: { readonly baseUrl: string; readonly key: string },
  { report, groupBy }: { readonly report: string; readonly groupBy: string },
  { start, end }: { readonly start: number; readonly end: number },
): Promise<RawBucket[]> {
  const buckets = new Map<number, RawBucket>()
  const query = new URLSearchParams({
    start_time: String(start),
    end_time: String(end),
    bucket_width: '1d',
    limit: '31',
    ...(groupBy !== '' && { group_by: groupBy }),
  })
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    let page: Raw
    try {
      page = await fetchJson(`${baseUrl}/organization/${report}?${query.toString()}`, key)
    } catch (error) {
      // An invalid token that came with the last bucket.
      if (error instanceof RefusedError && error.status === 400 && pages > 0) break
      throw error
    }
    for (const bucket of recordsOf(page['data'])) {
      const startTime = Number(bucket['start_time'])
      buckets.set(startTime, { startTime, rows: recordsOf(bucket['results']) })
    }
    const next = textOf(page['next_page'])
    if (page['has_more'] !== true || next === undefined) break
    query.set('page', next)
  }
  return [...buckets.values()].filter(({ startTime }) => startTime >= start && startTime < end)
}

/** A refusal that stays after every attempt. */
export class RefusedError extends Error {
  readonly status: number

  constructor(status: number) {
    super(`Reading the organization was refused with ${status}.`)
    this.name = 'RefusedError'
    this.status = status
  }
}

export function recordOf(value: unknown): Raw | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function recordsOf(value: unknown): Raw[] {
  return Array.isArray(value) ? value.map((item: unknown) => recordOf(item) ?? {}) : []
}

/** Sends a key as `Authorization`. Retries 429, 5xx, truncated bodies and pages that are not JSON. */
export async function fetchJson(
  url: string,
  key: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Raw> {
  let status = 0
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const response = await fetch(url, { headers: { ...headers, authorization: `Bearer ${key}` } })
    const body = parsed(await response.text())
    if (response.ok && body !== undefined) return body
    status = response.status
    if (response.status >= 400 && response.status < 500 && response.status !== 429) {
      throw new RefusedError(response.status)
    }
    await pause(Math.min(LONGEST_WAIT_MS, Number(response.headers.get('retry-after') ?? 0) * 1000))
  }
  if (status >= 500) throw new RefusedError(status)
  throw new Error(`Reading the organization failed ${ATTEMPTS} times.`)
}

/** The amounts of costs stay as they are written, so that none is ever read as a float. */
function parsed(text: string): Raw | undefined {
  try {
    return recordOf(JSON.parse(text.replaceAll(/"value":\s*(-?[0-9.eE+-]+)/g, '"value":"$1"')))
  } catch {
    return undefined
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
