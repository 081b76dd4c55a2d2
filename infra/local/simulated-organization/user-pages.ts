import { ApiError } from './api-error.ts'
import type { SimulatedUser } from './company.ts'
import type { Switches } from './switches.ts'

/** Answers a query of the directory. Throws `ApiError` for what OpenAI refuses. */
export function userPage(query: URLSearchParams, users: readonly SimulatedUser[], switches: Switches): unknown {
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new ApiError(400, 'Invalid limit: must be between 1 and 100.')
  }
  const all = switches.emptyListing ? [] : users
  const after = query.get('after')
  const before = after === null ? -1 : all.findIndex((user) => user.id === after)
  if (after !== null && before === -1) throw new ApiError(400, 'Unknown cursor.')
  const some = all.slice(before + 1, before + 1 + limit)
  const repeated = switches.duplicateIds ? all.slice(Math.max(0, before), before + 1) : []
  const data = [...repeated, ...some].map((user) => (switches.nestedUserOnly ? nested(user) : user))
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: before + 1 + limit < all.length,
  }
}

function nested(user: SimulatedUser): SimulatedUser {
  const { name, email, user: inner, ...rest } = user
  const flags = typeof inner === 'object' ? inner : { enabled: true, banned: false }
  return { ...rest, object: user.object, id: user.id, added_at: user.added_at, user: { ...flags, name, email } }
}
