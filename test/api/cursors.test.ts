import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { listed } from '../sync/sync-bench.ts'
import { type ApiBench, OTHER_KEY, type SavedBench } from './api-bench.ts'
import { idsOf, savedWithPeople, startBenchWithPeople } from './listed-people.ts'

let bench: ApiBench
let id: string
let saved: SavedBench
beforeAll(async () => {
  ;({ id, saved } = await savedWithPeople())
})
beforeEach(async () => {
  bench = await startBenchWithPeople(saved)
})
afterEach(() => bench.close())

const ids = (query: string) => idsOf(bench, id, query)

describe('Cursors', () => {
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
