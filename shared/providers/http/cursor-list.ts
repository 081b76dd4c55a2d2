import * as z from 'zod'
import { RequestRefusedError, unexpectedReply } from './errors.ts'

/** A longer listing is considered endless. */
const MAX_PAGES = 10_000
/** After this many consecutive pages without new entries, a listing is considered endless. */
const EMPTY_PAGES_IN_A_ROW = 10
/** How often a listing is read at most when its order changes meanwhile. */
const SHIFTED_AT_MOST = 3
/** How often a listing is read again at most when it cannot be continued because the cursor's entry is gone. */
const BROKEN_OFF_AT_MOST = 3
/** The statuses for an unknown cursor. */
const UNKNOWN_CURSOR = [400, 404]

interface Identified {
  readonly id: string
}

/** One page of a list. The cursor of the next one is its last entry, or `last_id` if it has none. */
interface CursorPage<Reply extends Identified> {
  readonly data: readonly Reply[]
  readonly has_more: boolean
  readonly last_id: string | null
}

/** The cursor or token of a next page. An empty text counts as none. */
export const cursor = z
  .string()
  .nullish()
  .transform((written) => written || null)

/** A page of a list whose cursor is its last entry. */
export function listSchema<Entry extends z.ZodType>(entry: Entry) {
  return z.object({ data: z.array(entry), has_more: z.boolean(), last_id: cursor })
}

/** A list that is read page by page, each by the id of the last entry before it. */
export interface CursorList<Reply extends Identified, Entry> {
  readonly dataSet: string
  /** Requests the page after an entry. Without one, the first page. */
  readonly getPage: (after?: string) => Promise<CursorPage<Reply>>
  /** What is kept of an entry. */
  readonly toEntry: (reply: Reply) => Entry
  /** Called after each page with the number of entries read so far. */
  readonly onPage?: ((entriesRead: number) => void) | undefined
}

/** One complete reading of a list. */
interface Reading<Entry> {
  readonly entries: ReadonlyMap<string, Entry>
  /** An entry other than the cursor's occurred twice, so others may have been missed. */
  readonly hasShifted: boolean
}

/**
 * Reads a whole list. An entry that occurs twice counts once, as read last. If the list's order changed meanwhile, others may
 * have been missed and would count as removed. Then the list is read again, until a reading did not shift or two readings found
 * the same entries. If the cursor's entry is removed, it is read again from its start. Throws `ProviderError`.
 */
export async function readCursorList<Reply extends Identified, Entry>(
  list: CursorList<Reply, Entry>,
): Promise<Entry[]> {
  let before: Reading<Entry> | undefined
  let shifted = 0
  let brokenOff = 0
  for (;;) {
    const reading = await readOnce(list)
    if (reading === 'broken_off') {
      brokenOff += 1
      if (brokenOff > BROKEN_OFF_AT_MOST)
        throw unexpectedReply(list.dataSet, 'the entry to go on after is unknown each time')
      continue
    }
    const isSeenAgain = before !== undefined && haveSameEntries(before, reading)
    if (!reading.hasShifted || isSeenAgain) return [...reading.entries.values()]
    shifted += 1
    if (shifted === SHIFTED_AT_MOST) throw unexpectedReply(list.dataSet, 'its order changes while it is read')
    before = reading
  }
}

async function readOnce<Reply extends Identified, Entry>(
  list: CursorList<Reply, Entry>,
): Promise<Reading<Entry> | 'broken_off'> {
  const { dataSet, onPage, toEntry } = list
  const entries = new Map<string, Entry>()
  const cursors = new Set<string>()
  let after: string | undefined
  let hasShifted = false
  let emptyPages = 0
  for (let page = 0; page < MAX_PAGES; page++) {
    const reply = await getPage(list, after)
    if (reply === 'unknown_cursor') return 'broken_off'
    const knownBefore = entries.size
    for (const each of reply.data) {
      hasShifted ||= entries.has(each.id) && each.id !== after
      entries.set(each.id, toEntry(each))
    }
    onPage?.(entries.size)
    if (!reply.has_more) return { entries, hasShifted }
    emptyPages = entries.size === knownBefore ? emptyPages + 1 : 0
    if (emptyPages === EMPTY_PAGES_IN_A_ROW) throw unexpectedReply(dataSet, 'pages with nothing new have no end')
    after = nextCursor(dataSet, reply, cursors)
    cursors.add(after)
  }
  throw unexpectedReply(dataSet, `more than ${MAX_PAGES} pages`)
}

async function getPage<Reply extends Identified>(
  list: Pick<CursorList<Reply, unknown>, 'getPage'>,
  after: string | undefined,
) {
  try {
    return await list.getPage(after)
  } catch (error) {
    const isRefused = error instanceof RequestRefusedError && UNKNOWN_CURSOR.includes(error.status)
    if (after === undefined || !isRefused) throw error
    return 'unknown_cursor'
  }
}

/** The cursor of the next page. Throws `ProviderError` when it is missing or was used before. */
function nextCursor(dataSet: string, reply: CursorPage<Identified>, used: ReadonlySet<string>): string {
  const after = reply.data.at(-1)?.id ?? reply.last_id
  if (after === null) throw unexpectedReply(dataSet, 'more is announced, and nothing to ask for it by')
  if (used.has(after)) throw unexpectedReply(dataSet, 'the list goes round in circles')
  return after
}

function haveSameEntries(one: Reading<unknown>, other: Reading<unknown>): boolean {
  return one.entries.size === other.entries.size && [...one.entries.keys()].every((id) => other.entries.has(id))
}
