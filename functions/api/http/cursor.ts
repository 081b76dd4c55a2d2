import { createHash } from 'node:crypto'
import * as z from 'zod'
import { ValidationError } from './api-errors.ts'

const VERSION = 1
const UNBOUND: ReadonlySet<string> = new Set(['cursor', 'limit', 'format'])
const ENVELOPE = z.strictObject({ v: z.literal(VERSION), h: z.string(), position: z.unknown() })

/** The list that a cursor belongs to: the operation, and every parameter except `cursor`, `limit` and `format`. */
export interface CursorScope {
  readonly operationId: string
  readonly integrationId: string | null
  readonly query: Readonly<Record<string, unknown>>
}

/** The end of a page as an opaque text. It is only valid for the same list. */
export function encodeCursor(scope: CursorScope, position: unknown): string {
  return Buffer.from(JSON.stringify({ v: VERSION, h: hashOf(scope), position })).toString('base64url')
}

/**
 * The position in a cursor. Undefined without a cursor. Throws `ValidationError` for an invalid cursor or one of
 * another list.
 */
export function decodeCursor<Position extends z.ZodType>(
  scope: CursorScope,
  cursor: string | undefined,
  position: Position,
): z.output<Position> | undefined {
  if (cursor === undefined) return undefined
  const envelope = ENVELOPE.safeParse(fromBase64Url(cursor))
  const parsed = envelope.data?.h === hashOf(scope) ? position.safeParse(envelope.data.position) : undefined
  if (parsed?.success) return parsed.data
  throw new ValidationError([{ field: 'cursor', message: 'does not belong to this list' }])
}

/** Node decodes base64 leniently. A cursor must equal its own encoding. */
function fromBase64Url(cursor: string): unknown {
  const bytes = Buffer.from(cursor, 'base64url')
  if (bytes.toString('base64url') !== cursor) return undefined
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function hashOf({ operationId, integrationId, query }: CursorScope): string {
  const bound = Object.entries(query)
    .filter(([name, value]) => !UNBOUND.has(name) && value !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([operationId, integrationId, bound]))
    .digest('base64url')
    .slice(0, 22)
}

/** The first `limit` of what is left of a list, and the last of them when more follow. */
export function firstPage<Item>(rest: readonly Item[], limit: number): { items: readonly Item[]; last: Item | null } {
  const items = rest.slice(0, limit)
  return { items, last: rest.length > limit ? (items.at(-1) ?? null) : null }
}
