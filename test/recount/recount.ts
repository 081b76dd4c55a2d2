/**
 * An independent recount of an organization from the raw pages of its Admin API. It imports nothing of the product, so
 * that a mistake in one cannot hide in the other.
 */

export interface Numbers {
  requests: number
  inputTokens: number
  cachedInputTokens: number
  outputTokens: number
}

export interface Recount {
  readonly userIds: string[]
  /** Keyed by JSON of `[day, userId, model]`. */
  readonly byDayUserModel: Map<string, Numbers>
  readonly total: Numbers
  readonly rawRows: number
}

const MS_PER_DAY = 86_400_000

/** Reads everything between two UTC days, both included, and counts it. */
export async function recount(baseUrl: string, key: string, from: string, to: string): Promise<Recount> {
  const userIds = new Set<string>()
  let after = ''
  for (let more = true; more;) {
    const page = await get(`${baseUrl}/organization/users?limit=100${after}`, key)
    for (const user of page.data) userIds.add(user.id)
    more = page.has_more
    after = `&after=${page.data.at(-1)?.id}`
  }
  const byDayUserModel = new Map<string, Numbers>()
  const total = zero()
  let rawRows = 0
  // A day at a time: the slowest way of asking, and the one with the least that could go wrong.
  for (let at = Date.parse(from); at <= Date.parse(to); at += MS_PER_DAY) {
    const query = `start_time=${at / 1000}&end_time=${(at + MS_PER_DAY) / 1000}&bucket_width=1d&limit=1&group_by=user_id,model`
    const page = await get(`${baseUrl}/organization/usage/completions?${query}`, key)
    const day = new Date(at).toISOString().slice(0, 10)
    for (const row of page.data.flatMap((bucket) => bucket.results ?? [])) {
      rawRows += 1
      const place = JSON.stringify([day, row.user_id, row.model])
      const sum = byDayUserModel.get(place) ?? zero()
      byDayUserModel.set(place, sum)
      add(sum, row)
      add(total, row)
    }
  }
  return { userIds: [...userIds], byDayUserModel, total, rawRows }
}

function zero(): Numbers {
  return { requests: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }
}

interface RawRow {
  user_id: string | null
  model: string | null
  num_model_requests: number | string
  input_tokens: number | string
  input_cached_tokens: number | string
  output_tokens: number | string
}

interface RawPage {
  data: { id: string; results?: RawRow[] }[]
  has_more: boolean
}

function add(sum: Numbers, row: RawRow): void {
  sum.requests += Number(row.num_model_requests)
  sum.inputTokens += Number(row.input_tokens)
  sum.cachedInputTokens += Number(row.input_cached_tokens)
  sum.outputTokens += Number(row.output_tokens)
}

async function get(url: string, key: string): Promise<RawPage> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  if (!response.ok) throw new Error(`The recount got ${response.status}.`)
  const page: unknown = await response.json()
  return page as RawPage
}
