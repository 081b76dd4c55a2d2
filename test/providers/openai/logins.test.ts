import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { AddedEntry } from '../../../local/simulated-openai/audit-log.ts'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { logins } from '../../../shared/data-sets/logins/logins.ts'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { type TimeSpan, windowEndingAt } from '../../../shared/domain/window.ts'
import { rejectionOf } from '../scripted-server.ts'
import { openOrganization } from './openai-bench.ts'

const NOW = new Date('2026-03-10T12:00:00.000Z')
const WINDOW_START = '2026-01-10T00:00:00.000Z'
const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
const now = NOW.getTime() / 1000

let simulated: SimulatedOrganization
let clock: Date
beforeEach(async () => {
  clock = NOW
  simulated = await startSimulatedOrganization({ members: 0, now: () => clock })
  simulated.company.auditLog.replaceAll([])
})
afterEach(() => simulated.close())

const log = (...entries: AddedEntry[]) => simulated.company.auditLog.add(...entries)

/** Sign-ins of 90 users, evenly over a time that ends now. */
function crowd(count: number, seconds: number): AddedEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    userId: `user-${index % 90}`,
    at: now - Math.ceil(((index + 1) * seconds) / count),
  }))
}

function read(covered: TimeSpan | null = null, startedAt = clock) {
  simulated.requests.length = 0
  const { organization } = openOrganization(simulated.baseUrl, {
    key: new AdminApiKey(simulated.adminKey),
    now: () => clock,
    deadline: new Date(clock.getTime() + 600_000),
  })
  return organization.lists.logins.read(undefined, { window: windowEndingAt(startedAt), covered })
}

/** The slices that were asked for, each once, in unix seconds. */
function slices(): [from: number, to: number][] {
  const asked = simulated.requests
    .map(({ query }) => new URLSearchParams(query))
    .map((query) => `${query.get('effective_at[gte]')} ${query.get('effective_at[lt]')}`)
  return [...new Set(asked)].map((slice) => {
    const [from, to] = slice.split(' ').map(Number)
    return [from ?? Number.NaN, to ?? Number.NaN]
  })
}

/** Reads as several syncs do, without time passing, until all of the window is covered. */
async function readAll(covered: TimeSpan | null = null) {
  let items: readonly { userId: string; lastLoginOn: string }[] = []
  const reached: string[] = []
  while (covered?.from !== WINDOW_START) {
    const reading = await read(covered)
    expect(simulated.requests.length).toBeLessThanOrEqual(20)
    const window = windowEndingAt(clock)
    items = logins.complete([...reading.items], { items, syncedAt: '' }, window)
    covered = reading.covered ?? null
    reached.push(covered?.from ?? '')
    if (reached.length > 50) throw new Error(`Nothing is reached after ${reached.join(', ')}.`)
  }
  return { items, reached, covered }
}

describe('A quiet organization', () => {
  test('is covered by 13 slices, from now back to the start of the window, each twice as long as the one after it', async () => {
    log({ userId: 'ana', at: now - 40 * DAY })
    const { covered } = await read()
    expect(covered).toEqual({ from: WINDOW_START, to: NOW.toISOString() })
    const asked = slices()
    expect(asked).toHaveLength(13)
    expect(simulated.requests).toHaveLength(13)
    expect(asked.map(([from, to]) => to - from).slice(0, 4)).toEqual([900, 1_800, 3_600, 7_200])
    expect(asked.map(([, to]) => to)).toEqual([now, ...asked.slice(0, -1).map(([from]) => from)])
    const [first] = simulated.requests
    const query = new URLSearchParams(first?.query)
    expect([first?.path, query.get('limit'), query.getAll('event_types[]')]).toEqual([
      '/v1/organization/audit_logs',
      '100',
      ['login.succeeded'],
    ])
  })

  test('is read on from where the last reading ended, with an overlap of 15 minutes for entries that appear late', async () => {
    log({ userId: 'ana', at: now - 40 * DAY })
    const { covered = null } = await read()
    log({ userId: 'bob', at: now - 14 * MINUTE })
    clock = new Date(NOW.getTime() + 20 * MINUTE * 1000)
    const later = await read(covered)
    expect(later.items).toEqual([{ userId: 'bob', lastLoginOn: '2026-03-10' }])
    expect(later.covered).toEqual({ from: WINDOW_START, to: clock.toISOString() })
    expect(slices()).toEqual([
      [now + 5 * MINUTE, now + 20 * MINUTE],
      [now - 15 * MINUTE, now + 5 * MINUTE],
    ])
  })

  test('stays covered from the start of a window that moves on', async () => {
    log({ userId: 'ana', at: now - 40 * DAY })
    const { covered = null } = await read()
    clock = new Date(NOW.getTime() + 2 * DAY * 1000)
    expect((await read(covered)).covered?.from).toBe('2026-01-12T00:00:00.000Z')
  })
})

describe('What is kept', () => {
  test.each(['newest_first', 'oldest_first', 'by_id'] as const)(
    'is the last day of each user and nothing else, with pages in the order %s',
    async (auditLogOrder) => {
      simulated.set({ auditLogOrder, pageSizeAtMost: 2 })
      log(
        { id: 'c', userId: 'ana', at: now - 3 * DAY },
        { id: 'a', userId: 'ana', at: now - 2 * DAY },
        { id: 'b', userId: 'ana', at: now - 9 * DAY },
        { id: 'd', userId: 'bob', at: now - 2 * DAY + 1 },
        { id: 'e', userId: ' bob ', at: now - 2 * DAY },
      )
      const { items, rows, isComplete } = await read()
      expect(items.toSorted((left, right) => (left.userId < right.userId ? -1 : 1))).toEqual([
        { userId: 'ana', lastLoginOn: '2026-03-08' },
        { userId: 'bob', lastLoginOn: '2026-03-08' },
      ])
      expect([rows, isComplete]).toEqual([5, true])
    },
  )

  test('is nothing of an entry without a user, of another kind, or outside the window, even if filters are ignored', async () => {
    const { organization } = openOrganization(simulated.baseUrl, {
      fetch: async () => Response.json(PAGE),
      now: () => NOW,
    })
    const { items } = await organization.lists.logins.read(undefined, { window: windowEndingAt(NOW), covered: null })
    expect(items).toEqual([{ userId: 'ana', lastLoginOn: '2026-03-09' }])
  })

  test('understands times that are sent as texts', async () => {
    simulated.set({ numbersAsStrings: true, unknownFields: true })
    log({ userId: 'ana', at: now - DAY })
    expect((await read()).items).toEqual([{ userId: 'ana', lastLoginOn: '2026-03-09' }])
  })
})

describe('A busy organization', () => {
  /** So that two hundred sign-ins are twenty pages. */
  beforeEach(() => simulated.set({ pageSizeAtMost: 10 }))

  test('is covered by several syncs of at most twenty pages, backwards, and nothing is missed', async () => {
    log(...crowd(1_200, 58 * DAY), { userId: 'long-ago', at: now - 59 * DAY })
    const { items, reached } = await readAll()
    expect(reached.length).toBeGreaterThan(6)
    expect(reached).toEqual([...reached].toSorted().toReversed())
    const last = new Map<string, number>()
    for (const { userId, at } of crowd(1_200, 58 * DAY)) {
      if (userId !== null) last.set(userId, Math.max(at, last.get(userId) ?? 0))
    }
    const days = [...last].map(([userId, at]) => [userId, new Date(at * 1000).toISOString().slice(0, 10)])
    expect(new Map(items.map(({ userId, lastLoginOn }) => [userId, lastLoginOn]))).toEqual(
      new Map([...days, ['long-ago', '2026-01-10']] as [string, string][]),
    )
  })

  test('takes a slice half as long after one of several pages, a quarter after one of too many, twice as long after one page', async () => {
    log(...crowd(150, 2 * HOUR).map(({ userId, at }) => ({ userId, at: at - 6 * HOUR })))
    await read()
    const asked = slices().map(([from, to], index, all) => ({
      seconds: to - from,
      pages: simulated.requests.filter((request) => request.includes(`effective_at%5Bgte%5D=${from}&`)).length,
      // Its end is read again.
      isTooLong: all[index + 1]?.[1] === to,
    }))
    const next = asked.map(({ seconds, pages, isTooLong }) => {
      if (isTooLong) return Math.ceil(seconds / 4)
      return pages <= 1 ? seconds * 2 : Math.ceil(seconds / 2)
    })
    expect(asked.filter(({ isTooLong }) => isTooLong)).toHaveLength(2)
    expect(asked.map(({ seconds }) => seconds)).toEqual([15 * MINUTE, ...next.slice(0, -1)])
    expect(asked.filter(({ pages }) => pages > 1).length).toBeGreaterThan(1)
  })

  test('with more new sign-ins than twenty pages: only the newest time is covered, and later syncs fill it up', async () => {
    log(...crowd(300, 5 * HOUR))
    const before = { from: WINDOW_START, to: new Date((now - 5 * HOUR) * 1000).toISOString() }
    const { covered = null } = await read(before)
    expect(covered?.to).toBe(NOW.toISOString())
    expect(Date.parse(covered?.from ?? '')).toBeGreaterThan((now - 5 * HOUR) * 1000)
    const { items } = await readAll(covered)
    expect(items).toHaveLength(90)
  })

  test('with more than twenty pages in the first slice: it is read in shorter ones, and each sync gets on', async () => {
    log(...crowd(250, 10 * MINUTE))
    const { covered } = await read()
    expect(simulated.requests).toHaveLength(20)
    expect(Date.parse(covered?.from ?? '')).toBeLessThan(NOW.getTime())
    // What has just been read is read again, for entries that appear late. An hour later, there are none.
    clock = new Date(NOW.getTime() + HOUR * 1000)
    const { items } = await readAll(covered)
    expect(items).toHaveLength(90)
  })

  test('with a slice that twenty pages do not end: its sign-ins count, and what is covered stays', async () => {
    log(...crowd(250, 1))
    const { items, covered } = await read()
    expect(simulated.requests).toHaveLength(20)
    expect(items.length).toBeGreaterThan(10)
    expect(covered).toEqual({ from: NOW.toISOString(), to: NOW.toISOString() })
    const before = { from: WINDOW_START, to: new Date((now - HOUR) * 1000).toISOString() }
    expect((await read(before)).covered).toEqual(before)
  })
})

describe('An audit log', () => {
  test('without any sign-in is unavailable, since it is empty while it is off; once read, an empty time is just empty', async () => {
    simulated.set({ auditLogOff: true })
    expect(await rejectionOf(read())).toMatchObject({ code: 'data_set_unavailable', dataSet: 'logins' })
    const covered = { from: WINDOW_START, to: new Date((now - HOUR) * 1000).toISOString() }
    expect(await read(covered)).toMatchObject({ items: [], covered: { from: WINDOW_START, to: NOW.toISOString() } })
  })

  test.each([
    [403, 'insufficient_permissions'],
    [404, 'data_set_unavailable'],
  ] as const)('that is refused with %d: %s', async (auditLogRefused, code) => {
    simulated.set({ auditLogRefused })
    expect(await rejectionOf(read())).toMatchObject({ code, dataSet: 'logins' })
  })

  test('is read up to the end of the window that a sync fixed before midnight', async () => {
    const startedAt = new Date('2026-03-10T23:59:50.000Z')
    clock = new Date('2026-03-11T00:00:10.000Z')
    log({ userId: 'ana', at: clock.getTime() / 1000 - 5 }, { userId: 'bob', at: startedAt.getTime() / 1000 })
    const { items, covered } = await read(null, startedAt)
    expect(items).toEqual([{ userId: 'bob', lastLoginOn: '2026-03-10' }])
    expect(covered).toEqual({ from: WINDOW_START, to: '2026-03-11T00:00:00.000Z' })
  })
})

const session = (id: string | null) => ({
  type: 'session',
  session: { user: { id, email: 'x@acme.example' }, ip_address: '::1' },
})
const PAGE = {
  has_more: false,
  data: [
    { id: '1', type: 'login.succeeded', effective_at: now - DAY, actor: session('ana') },
    { id: '2', type: 'logout.succeeded', effective_at: now - 1, actor: session('ana') },
    { id: '3', type: 'login.succeeded', effective_at: now - 1, actor: session(null) },
    { id: '4', type: 'login.succeeded', effective_at: now - 1, actor: { type: 'session', session: null } },
    {
      id: '5',
      type: 'login.succeeded',
      effective_at: now - 1,
      actor: { type: 'api_key', api_key: { user: { id: 'eve' } } },
    },
    { id: '6', type: 'login.succeeded', effective_at: now - 1 },
    { id: '7', type: 'login.succeeded', actor: session('eve') },
    { id: '8', type: 'login.succeeded', effective_at: now - 90 * DAY, actor: session('eve') },
  ],
}
