import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { listed, used } from '../sync/sync-bench.ts'
import { type ApiBench, OTHER_KEY, type SavedBench, startApiBench } from './api-bench.ts'

const PEOPLE = [
  listed('u1', { name: 'Ünal Öz', email: 'OWNER@acme.example', role: 'owner', addedAt: '2025-01-01T00:00:00.000Z' }),
  listed('u2', { name: 'bea', role: 'reader', addedAt: '2026-11-20T00:00:00.000Z' }),
  listed('u3', { name: 'Cem', email: 'cem@agency.example', addedAt: '2026-03-01T00:00:00.000Z' }),
  listed('u4', { name: null, email: null, role: null, addedAt: '2026-02-01T00:00:00.000Z' }),
  listed('u5', { name: 'Dee', accountStatus: 'disabled' }),
  listed('u6', { name: 'Eve', accountStatus: 'banned' }),
  listed('u7', { name: 'bea', apiKeyLastUsedAt: '2026-11-10T08:00:00.000Z' }),
  listed('s1', { name: 'robot', kind: 'service_account', email: null }),
]
const ROWS = [used('u1', '2026-11-24', 9), used('u3', '2026-10-20', 4), used('u5', '2026-11-01', 1)]

let bench: ApiBench
let id: string
/** After a second sync that no longer found Gus. */
let synced: SavedBench
beforeAll(async () => {
  bench = await startApiBench()
  Object.assign(bench.organization(), { people: [...PEOPLE, listed('gone', { name: 'Gus' })], rows: ROWS })
  id = await bench.connected()
  bench.advance(60_000)
  bench.organization().people = PEOPLE
  await bench.scheduledSync(id)
  synced = await bench.save()
})
afterAll(() => bench.close())

/** A separate bench for tests that change something; the others share one. */
function withOwnBench() {
  let shared: ApiBench
  beforeEach(async () => {
    shared = bench
    bench = await startApiBench({ from: synced })
    Object.assign(bench.organization(), { people: PEOPLE, rows: ROWS })
  })
  afterEach(async () => {
    await bench.close()
    bench = shared
  })
}

async function ids(query: string): Promise<string[]> {
  const { body } = await bench.request('GET', `/integrations/${id}/users?${query}`)
  return (body as { items: { id: string }[] }).items.map((user) => user.id)
}

describe('every filter of users', () => {
  test.each([
    ['', ['u7', 'u2', 'u3', 'u1', 'u4']],
    ['q=agency', ['u3']],
    ['q=%C3%B6Z', ['u1']],
    ['q=owner%40ACME', ['u1']],
    ['q=%20bea%20', ['u2', 'u7']],
    ['q=100%25', []],
    ['role=owner', ['u1']],
    ['role=OWNER', ['u1']],
    ['excludeRole=owner', ['u7', 'u2', 'u3', 'u4']],
    ['excludeRole=Owner&seat=member', ['u7', 'u2', 'u4']],
    ['excludeRole=reader&role=reader', []],
    ['seat=guest', ['u3']],
    ['seat=member', ['u2', 'u7', 'u1', 'u4']],
    ['license=in_use', ['u7', 'u3', 'u1']],
    ['license=unused', ['u2', 'u4']],
    ['license=no_data', []],
    ['accountStatus=disabled', ['u5']],
    ['accountStatus=banned', ['u6']],
    ['accountStatus=removed', ['gone']],
    ['accountStatus=any&q=e', ['u7', 'u2', 'u3', 'u5', 'u6', 'gone', 'u1']],
    ['kind=service_account', ['s1']],
    ['kind=any&q=o', ['u1', 's1']],
    ['seat=guest&license=in_use&q=cem', ['u3']],
    ['seat=guest&license=unused', []],
  ])('?%s', async (query, expected) => {
    expect((await ids(query)).toSorted()).toEqual(expected.toSorted())
  })
})

describe('every sort of users, nulls last, ties by id', () => {
  test.each([
    ['name', ['u2', 'u7', 'u3', 'u1', 'u4']],
    ['-name', ['u1', 'u3', 'u2', 'u7', 'u4']],
    ['email', ['u3', 'u1', 'u2', 'u7', 'u4']],
    ['-email', ['u7', 'u2', 'u1', 'u3', 'u4']],
    ['role', ['u1', 'u2', 'u3', 'u7', 'u4']],
    ['-role', ['u2', 'u3', 'u7', 'u1', 'u4']],
    ['lastActiveOn', ['u3', 'u7', 'u1', 'u2', 'u4']],
    ['-lastActiveOn', ['u1', 'u7', 'u3', 'u2', 'u4']],
    ['requests', ['u2', 'u4', 'u7', 'u3', 'u1']],
    ['-requests', ['u1', 'u3', 'u2', 'u4', 'u7']],
    ['addedAt', ['u1', 'u7', 'u4', 'u3', 'u2']],
    ['-addedAt', ['u2', 'u3', 'u4', 'u7', 'u1']],
    ['removedAt', ['u1', 'u2', 'u3', 'u4', 'u7']],
    ['-removedAt', ['u1', 'u2', 'u3', 'u4', 'u7']],
  ])('?sort=%s', async (sort, expected) => {
    expect(await ids(`sort=${sort}`)).toEqual(expected)
  })

  test('removedAt sorts removed people before others', async () => {
    expect((await ids('accountStatus=any&sort=removedAt'))[0]).toBe('gone')
    expect((await ids('accountStatus=any&sort=-removedAt'))[0]).toBe('gone')
  })
})

describe('idleDays: seated, added more than n days ago, no activity in the last n', () => {
  test.each([
    [1, ['u2', 'u3', 'u4', 'u7']],
    [4, ['u2', 'u3', 'u4', 'u7']],
    [5, ['u3', 'u4', 'u7']],
    [14, ['u3', 'u4', 'u7']],
    [15, ['u3', 'u4']],
    [35, ['u3', 'u4']],
    [36, ['u4']],
    [298, []],
  ])('%d', async (days, expected) => {
    expect((await ids(`idleDays=${days}`)).toSorted()).toEqual(expected)
  })
})

test('A list reports the number of matches on all pages, which equals the rows of its CSV', async () => {
  for (const [query, total] of [
    ['', 5],
    ['excludeRole=owner', 4],
    ['idleDays=1&excludeRole=owner', 4],
    ['q=bea', 2],
    ['kind=any&accountStatus=any', 9],
    ['q=100%25', 0],
  ] as const) {
    const { body } = await bench.request('GET', `/integrations/${id}/users?${query}&limit=1`)
    expect(body).toMatchObject({ total })
    const csv = await bench.request('GET', `/integrations/${id}/users?${query}&format=csv`)
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(total + 1)
  }
  const second = await bench.request('GET', `/integrations/${id}/users?limit=2`)
  const { nextCursor } = second.body as { nextCursor: string }
  const third = await bench.request('GET', `/integrations/${id}/users?limit=2&cursor=${nextCursor}`)
  expect(third.body).toMatchObject({ total: 5 })
})

describe('people who left', () => {
  withOwnBench()

  test('are shown on request with removedAt, without seat or license, for 60 days', async () => {
    const user = async () => bench.request('GET', `/integrations/${id}/users/gone`)
    expect((await user()).body).toMatchObject({
      accountStatus: 'removed',
      removedAt: '2026-11-24T12:01:00.000Z',
      seat: null,
      license: null,
    })
    bench.advance(60 * 86_400_000)
    await bench.scheduledSync(id)
    expect((await user()).status).toBe(200)
    bench.advance(1)
    await bench.scheduledSync(id)
    expect((await user()).status).toBe(404)
  })
})

describe('cursors', () => {
  async function page(query: string): Promise<{ ids: string[]; nextCursor: string | null }> {
    const { body } = await bench.request('GET', `/integrations/${id}/users?${query}`)
    const { items, nextCursor } = body as { items: { id: string }[]; nextCursor: string | null }
    return { ids: items.map((user) => user.id), nextCursor }
  }

  test.each(['name', '-name', 'requests', '-requests', '-lastActiveOn', 'removedAt'])(
    'walk the whole list sorted by %s, each user once',
    async (sort) => {
      const whole = await ids(`sort=${sort}&kind=any&accountStatus=any`)
      const walked: string[] = []
      let cursor = ''
      for (let turn = 0; turn < 10; turn += 1) {
        const next = await page(`sort=${sort}&kind=any&accountStatus=any&limit=2${cursor}`)
        walked.push(...next.ids)
        if (next.nextCursor === null) break
        cursor = `&cursor=${next.nextCursor}`
      }
      expect(walked).toEqual(whole)
      expect(walked).toHaveLength(9)
    },
  )

  test('are only accepted in their exact spelling', async () => {
    const { nextCursor } = await page('sort=name&limit=2')
    for (const spelt of [`${nextCursor}!`, `!${nextCursor}`, `${nextCursor}%20`, `${nextCursor}=`, `${nextCursor}A`]) {
      expect((await bench.request('GET', `/integrations/${id}/users?sort=name&cursor=${spelt}`)).status).toBe(400)
    }
  })

  describe('over what changes', () => {
    withOwnBench()

    test('continue at the same position after a newer sync, even if that user is gone', async () => {
      const first = await page('sort=name&limit=2')
      expect(first.ids).toEqual(['u2', 'u7'])
      bench.organization().people = bench.organization().people.filter(({ userId }) => userId !== 'u7')
      bench.advance(60_000)
      await bench.scheduledSync(id)
      expect((await page(`sort=name&limit=2&cursor=${first.nextCursor}`)).ids).toEqual(['u3', 'u1'])
    })

    test('are bound to their list, filters and order, but not to the limit', async () => {
      const { nextCursor } = await page('sort=name&limit=2&q=e')
      const { id: other } = (await bench.connect({ name: 'Other', adminApiKey: OTHER_KEY })).body as { id: string }
      for (const target of [
        `/integrations/${id}/users?sort=-name&limit=2&q=e&cursor=${nextCursor}`,
        `/integrations/${id}/users?sort=name&limit=2&q=f&cursor=${nextCursor}`,
        `/integrations/${id}/users?sort=name&limit=2&cursor=${nextCursor}`,
        `/integrations/${other}/users?sort=name&limit=2&q=e&cursor=${nextCursor}`,
        `/integrations?cursor=${nextCursor}`,
        `/integrations/${id}/syncs?cursor=${nextCursor}`,
        `/audit-events?cursor=${nextCursor}`,
        `/integrations/${id}/users?sort=name&q=e&cursor=${nextCursor}x`,
        `/integrations/${id}/users?sort=name&q=e&cursor=${Buffer.from('{"v":1}').toString('base64url')}`,
      ]) {
        const answer = await bench.request('GET', target)
        expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ field: 'cursor' }] }])
      }
      expect((await page(`sort=name&limit=1000&q=e&cursor=${nextCursor}`)).nextCursor).toBeNull()
    })

    test('work with names of any length', async () => {
      const long = 'ｘ'.repeat(5_000)
      const people = ['l1', 'l2', 'l3'].map((userId) => listed(userId, { name: `${long}${userId}` }))
      bench.organization().people = [...bench.organization().people, ...people]
      await bench.scheduledSync(id)
      const walked: string[] = []
      let cursor = ''
      for (let turn = 0; turn < 12; turn += 1) {
        const next = await page(`sort=-name&limit=1${cursor}`)
        walked.push(...next.ids)
        if (next.nextCursor === null) break
        cursor = `&cursor=${next.nextCursor}`
      }
      expect(walked).toEqual(await ids('sort=-name'))
    })

    test('page through integrations, schedules and syncs too', async () => {
      await bench.connect({ name: 'Second', adminApiKey: OTHER_KEY })
      await bench.connect({ name: 'Third', adminApiKey: OTHER_KEY })
      for (const [path, total] of [
        ['/integrations', 3],
        ['/schedules', 2],
        [`/integrations/${id}/syncs`, 2],
      ] as const) {
        const seen = new Set<string>()
        let cursor = ''
        for (let turn = 0; turn < 5; turn += 1) {
          const { body } = await bench.request('GET', `${path}?limit=1${cursor}`)
          const { items, nextCursor } = body as { items: object[]; nextCursor: string | null }
          for (const item of items) seen.add(JSON.stringify(item))
          if (nextCursor === null) break
          cursor = `&cursor=${nextCursor}`
        }
        expect(seen.size).toBe(total)
      }
    })
  })
})
