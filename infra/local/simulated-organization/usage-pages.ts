import { createHash } from 'node:crypto'
import { ApiError } from './api-error.ts'
import type { Company, SimulatedRow } from './company.ts'
import type { Switches } from './switches.ts'

const MS_PER_DAY = 86_400_000
const LOOKBACK_DAYS = 366

/** Answers a usage query of completions in daily buckets. Throws `ApiError` for what OpenAI refuses. */
export function usagePage(query: URLSearchParams, company: Company, switches: Switches, now: Date): unknown {
  const startMs = wholeNumber(query.get('start_time'), 'start_time') * 1000
  const endMs = query.has('end_time') ? wholeNumber(query.get('end_time'), 'end_time') * 1000 : now.getTime()
  const limit = query.has('limit') ? wholeNumber(query.get('limit'), 'limit') : 7
  if (limit < 1 || limit > 31) throw new ApiError(400, 'Invalid limit: must be between 1 and 31.')
  if ((query.get('bucket_width') ?? '1d') !== '1d') throw new ApiError(400, 'Only bucket_width 1d is simulated.')
  if (startMs < now.getTime() - LOOKBACK_DAYS * MS_PER_DAY) {
    throw new ApiError(400, 'The start time is too far in the past.', 'reporting_lookback_exceeded')
  }
  const buckets = bucketsOf(startMs, Math.min(endMs, now.getTime()), switches, now)
  const { offset, empty } = readToken(query)
  const token = (next: { offset: number; empty: boolean }) => writeToken(query, next)
  if (offset > buckets.length) throw new ApiError(400, 'The page token is invalid.')
  if (switches.emptyPagesWithToken && !empty) {
    return { object: 'page', data: [], has_more: true, next_page: token({ offset, empty: true }) }
  }
  const some = buckets.slice(offset, offset + limit)
  const isLast = offset + limit >= buckets.length
  const groups = groupsOf(query)
  const hasMore = !isLast || switches.trailingEmptyPage
  return {
    object: 'page',
    data: some.map(({ from, to }) => ({
      object: 'bucket',
      start_time: from / 1000,
      end_time: to / 1000,
      results: resultsOf(company.rowsOf(from - (from % MS_PER_DAY), now), groups),
    })),
    has_more: hasMore,
    next_page: hasMore ? token({ offset: isLast ? buckets.length + 1 : offset + limit, empty: false }) : null,
  }
}

/** Buckets are cut at UTC midnights; the first begins at the start, the last ends at the end. */
function bucketsOf(startMs: number, endMs: number, switches: Switches, now: Date): { from: number; to: number }[] {
  const buckets: { from: number; to: number }[] = []
  for (let from = startMs; from < endMs;) {
    const to = Math.min(from - (from % MS_PER_DAY) + MS_PER_DAY, Math.ceil(endMs / 1000) * 1000)
    buckets.push({ from, to })
    from = to
  }
  const today = now.getTime() - (now.getTime() % MS_PER_DAY)
  return switches.todayMissing ? buckets.filter((bucket) => bucket.from < today) : buckets
}

/** `group_by[]=a`, `group_by=a` again and again, and `group_by=a,b` mean the same. */
function groupsOf(query: URLSearchParams): Set<string> {
  return new Set([...query.getAll('group_by[]'), ...query.getAll('group_by')].flatMap((value) => value.split(',')))
}

function resultsOf(rows: readonly SimulatedRow[], groups: ReadonlySet<string>): unknown[] {
  const sums = Map.groupBy(rows, (row) =>
    JSON.stringify([groups.has('user_id') ? row.userId : null, groups.has('model') ? row.model : null]),
  )
  return [...sums.values()].map((some) => {
    const sum = (numberOf: (row: SimulatedRow) => number) => some.reduce((total, row) => total + numberOf(row), 0)
    return {
      object: 'organization.usage.completions.result',
      input_tokens: sum((row) => row.inputTokens),
      output_tokens: sum((row) => row.outputTokens),
      input_cached_tokens: sum((row) => row.cachedTokens),
      num_model_requests: sum((row) => row.requests),
      project_id: null,
      user_id: groups.has('user_id') ? (some[0]?.userId ?? null) : null,
      api_key_id: null,
      model: groups.has('model') ? (some[0]?.model ?? null) : null,
      batch: null,
    }
  })
}

/** A token is worth something only with the query it was given for. */
function writeToken(query: URLSearchParams, next: { offset: number; empty: boolean }): string {
  return Buffer.from(JSON.stringify({ ...next, hash: hashOf(query) })).toString('base64url')
}

function readToken(query: URLSearchParams): { offset: number; empty: boolean } {
  const page = query.get('page')
  if (page === null) return { offset: 0, empty: false }
  const [offset, empty, hash] = decode(page)
  if (typeof offset === 'number' && hash === hashOf(query)) return { offset, empty: empty === true }
  throw new ApiError(400, 'The page token is invalid, have you modified the query parameters?')
}

function decode(token: string): unknown[] {
  try {
    const { offset, empty, hash } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    return [offset, empty, hash]
  } catch {
    return []
  }
}

function hashOf(query: URLSearchParams): string {
  const others = [...query]
    .filter(([name]) => name !== 'page')
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
  return createHash('sha256').update(JSON.stringify(others)).digest('base64url')
}

function wholeNumber(text: string | null, name: string): number {
  if (text === null || !/^\d{1,12}$/.test(text)) throw new ApiError(400, `Invalid or missing ${name}.`)
  return Number(text)
}
