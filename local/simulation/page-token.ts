import { createHash } from 'node:crypto'
import { ApiError } from './api-error.ts'

/** Where the next page begins. */
export interface Place {
  readonly offset: number
  /** True when the empty page before this one was already sent. */
  readonly empty: boolean
}

export const FIRST_PLACE: Place = { offset: 0, empty: false }

/** A token that is only valid with the query it was issued for. */
export function writeToken(query: URLSearchParams, { offset, empty }: Place): string {
  return `page_${Buffer.from(JSON.stringify([offset, empty, hashOf(query)])).toString('base64url')}`
}

/** The position of the query's token, or the beginning. Throws `ApiError` 400 when any other parameter changed. */
export function readToken(query: URLSearchParams): Place {
  const page = query.get('page')
  if (page === null) return FIRST_PLACE
  const [offset, empty, hash] = decode(page)
  if (typeof offset === 'number' && hash === hashOf(query)) return { offset, empty: empty === true }
  throw invalidToken()
}

/** The documented answer to an invalid or expired token. */
export function invalidToken(): ApiError {
  return new ApiError(400, 'The page token is invalid, have you modified the query parameters?')
}

function decode(token: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token.replace(/^page_/, ''), 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

function hashOf(query: URLSearchParams): string {
  const others = [...query]
    .filter(([name]) => name !== 'page')
    .map(([name, value]) => JSON.stringify([name, value]))
    .toSorted()
  return createHash('sha256').update(others.join('\n')).digest('base64url')
}
