import type { Login } from '../../data-sets/logins/logins.ts'
import { dayOf, startOfDay } from '../../domain/day.ts'
import { ProviderError } from '../../domain/problem.ts'
import { isWithin, type TimeSpan, windowEndingAt } from '../../domain/window.ts'
import { readCursorList } from '../http/cursor-list.ts'
import { LIST_PATIENCE } from '../http/part-reader.ts'
import type { HttpClient } from '../http/http-client.ts'
import type { ListReading, ListScope } from '../provider.ts'
import { type AuditLogReply, DATA_SET, getLogins, type Seconds, SIGNED_IN } from './audit-log.ts'
import { isoOf, textOf } from './values.ts'

/** OpenAI's maximum page size. */
const PER_PAGE = 100
/** Bounds the requests of a sync. Later syncs go on where this one ended. */
const PAGES_AT_MOST = 20
/** A slice of more is too long: several of this size fit into a sync. */
const PAGES_A_SLICE = 5
const SECONDS_PER_DAY = 86_400
const FIRST_SLICE_SECONDS = 15 * 60
/**
 * Entries can appear late: how late is not documented, and usage is reported to lag 5 to 15 minutes. Clocks can differ, too. So
 * the end of what was read before is read again, as far as the pages suffice.
 */
const OVERLAP_SECONDS = 15 * 60

/**
 * Reads sign-ins from the audit log, the newest first: from now back to where the last reading ended, and then from where it
 * began back to the start of the window. Each request is for a slice of time, and a slice counts as covered once all its pages
 * were read, because the order of entries is not certain. What is not reached with twenty pages is left to later syncs.
 * If the newest slices do not reach the last reading, only they count as covered. Throws `ProviderError`.
 */
export async function readLogins(
  client: HttpClient,
  { window, covered }: ListScope = { window: windowEndingAt(client.now()), covered: null },
  onPage?: (done: number, total: null) => void,
): Promise<ListReading<Login>> {
  const log = new LoginLog(client.withPatience(LIST_PATIENCE), { window, onPage: (done) => onPage?.(done, null) })
  const first = secondsOf(startOfDay(window.from))
  // The window was fixed when the sync started, which can have been before midnight.
  const now = Math.min(secondsOf(client.now()), secondsOf(startOfDay(window.to)) + SECONDS_PER_DAY)
  const span = await readUncovered(log, { first, now, before: spanAfter(covered, first) })
  if (covered === null && log.entriesRead === 0) {
    throw new ProviderError('data_set_unavailable', DATA_SET, { note: 'the audit log has no sign-in' })
  }
  return {
    items: log.logins(),
    rows: log.entriesRead,
    isComplete: true,
    covered: { from: isoOf(span.from), to: isoOf(span.to) },
  }
}

/** Reads what is not covered yet, as far as the pages suffice. Returns what is covered then. */
async function readUncovered(
  log: LoginLog,
  { first, now, before }: { readonly first: number; readonly now: number; readonly before: Seconds | null },
): Promise<Seconds> {
  if (before === null) return { from: await readBack(log, { from: first, to: now }), to: now }
  const overlap = Math.max(before.from, before.to - OVERLAP_SECONDS)
  const reached = await readBack(log, { from: overlap, to: now })
  if (reached > before.to) return reached < now ? { from: reached, to: now } : before
  return { from: await readBack(log, { from: first, to: before.from }), to: now }
}

/** Reads a time slice by slice, from its end backwards, as far as the pages suffice. Returns the start of what was read. */
async function readBack(log: LoginLog, { from, to }: Seconds): Promise<number> {
  let reached = to
  while (reached > from) {
    const slice = { from: Math.max(from, reached - log.sliceSeconds), to: reached }
    const end = await log.readSlice(slice)
    if (end === 'out_of_pages') break
    if (end === 'covered') reached = slice.from
  }
  return reached
}

/** Ends a slice before all its pages were read. */
class SliceEndedError extends Error {
  readonly because: 'too_long' | 'out_of_pages'

  constructor(because: SliceEndedError['because']) {
    super(`A slice of the audit log is ${because}.`)
    this.because = because
  }
}

/** Reads slices of the audit log, and keeps the last day of each user. */
class LoginLog {
  entriesRead = 0
  /** How long the next slice may be: twice as long after a slice of one page, half as long after more, a quarter of one too long. */
  sliceSeconds = FIRST_SLICE_SECONDS
  private pagesRead = 0
  /** So many may be read at the end of the slice. */
  private pagesAtMost = PAGES_AT_MOST
  private readonly lastDays = new Map<string, string>()
  private readonly client: HttpClient
  private readonly window: ListScope['window']
  private readonly onPage: (done: number) => void

  constructor(client: HttpClient, options: { window: ListScope['window']; onPage: (done: number) => void }) {
    this.client = client
    this.window = options.window
    this.onPage = options.onPage
  }

  /**
   * Reads all pages of a slice. One that is too long has to be read again in shorter ones: it would use up the pages of each sync
   * without being covered. The sign-ins on pages that were read count in any case.
   */
  async readSlice(slice: Seconds): Promise<'covered' | SliceEndedError['because']> {
    const before = this.pagesRead
    const seconds = slice.to - slice.from
    this.pagesAtMost = seconds === 1 ? PAGES_AT_MOST : before + PAGES_A_SLICE
    try {
      const getPage = (after?: string) => this.getPage(slice, after)
      await readCursorList({ dataSet: DATA_SET, getPage, toEntry: () => null })
    } catch (error) {
      if (!(error instanceof SliceEndedError)) throw error
      this.sliceSeconds = Math.ceil(seconds / 4)
      return error.because
    }
    const isOnePage = this.pagesRead - before <= 1
    this.sliceSeconds = isOnePage ? this.sliceSeconds * 2 : Math.ceil(this.sliceSeconds / 2)
    return 'covered'
  }

  logins(): Login[] {
    return [...this.lastDays].map(([userId, lastLoginOn]) => ({ userId, lastLoginOn }))
  }

  private async getPage(slice: Seconds, after?: string) {
    if (this.pagesRead === PAGES_AT_MOST) throw new SliceEndedError('out_of_pages')
    if (this.pagesRead === this.pagesAtMost) throw new SliceEndedError('too_long')
    this.pagesRead += 1
    const page = await getLogins(this.client, { limit: PER_PAGE, slice, after })
    for (const entry of page.data) this.note(entry)
    this.entriesRead += page.data.length
    this.onPage(this.entriesRead)
    return page
  }

  /** Only the user and the day are kept. An entry that names no user, or is of another kind, says nothing. */
  private note({ type, effective_at: at, actor }: AuditLogReply): void {
    const userId = textOf(actor?.session?.user?.id)
    if (type !== SIGNED_IN || userId === null || at == null) return
    const day = dayOf(new Date(at * 1000))
    const known = this.lastDays.get(userId)
    if (isWithin(day, this.window) && (known === undefined || day > known)) this.lastDays.set(userId, day)
  }
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}

/** What is covered of the window that begins at `first`. Null if nothing is. */
function spanAfter(covered: TimeSpan | null, first: number): Seconds | null {
  if (covered === null) return null
  const to = secondsOf(new Date(covered.to))
  return to <= first ? null : { from: Math.max(first, secondsOf(new Date(covered.from))), to }
}
