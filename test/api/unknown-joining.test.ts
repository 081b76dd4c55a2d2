import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { userSchema as userReply } from '../../shared/providers/openai/schemas.ts'
import { listed } from '../sync/sync-bench.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'

/* OpenAI's `added_at` is required by its description, and has been reported missing: nobody is lost for it. */

let bench: ApiBench
let id: string
beforeEach(async () => {
  bench = await startApiBench()
  bench.organization(KEY).people = [
    listed('ana', { role: 'owner', addedAt: '2026-11-20T00:00:00.000Z' }),
    listed('bob', { addedAt: null }),
    listed('cyn', { addedAt: '2026-01-01T00:00:00.000Z' }),
    listed('dan', { addedAt: null }),
  ]
  bench.organization(KEY).rows = []
  id = await bench.connected()
})
afterEach(() => bench.close())

const list = z.object({
  items: z.array(z.object({ id: z.string(), addedAt: z.string().nullable() })),
  nextCursor: z.string().nullable(),
})

async function idsBy(query: string): Promise<string[]> {
  const { items, nextCursor } = list.parse((await bench.request('GET', `/integrations/${id}/users?${query}`)).body)
  const rest = nextCursor === null ? [] : await idsBy(`${query.replace(/&cursor=.*/, '')}&cursor=${nextCursor}`)
  return [...items.map((user) => user.id), ...rest]
}

test.each([
  [{ id: 'u', added_at: 5, created: 7 }, 5],
  [{ id: 'u', added_at: null, created: 7 }, 7],
  [{ id: 'u', added_at: null }, null],
  [{ id: 'u' }, null],
])('For %j, the joining time is %p', (reply, addedAt) => {
  expect(userReply.parse(reply).addedAt).toBe(addedAt)
})

test('People with an unknown joining time are listed with null', async () => {
  const { body } = await bench.request('GET', `/integrations/${id}/users/bob`)
  expect(body).toMatchObject({ id: 'bob', addedAt: null, seat: { type: 'member' } })
})

test('Sorted by joining time they come last in both directions, by id, also across pages', async () => {
  for (const limit of [1, 1000]) {
    expect(await idsBy(`sort=addedAt&limit=${limit}`)).toEqual(['cyn', 'ana', 'bob', 'dan'])
    expect(await idsBy(`sort=-addedAt&limit=${limit}`)).toEqual(['ana', 'cyn', 'bob', 'dan'])
  }
})

test('They count as added long ago, so they are idle without any use', async () => {
  expect(await idsBy('idleDays=30')).toEqual(['bob', 'cyn', 'dan'])
})

test('Their CSV cell is empty', async () => {
  const { text } = await bench.request('GET', `/integrations/${id}/users?format=csv&sort=addedAt`)
  const rows: Record<string, string>[] = parse(text, { columns: true })
  expect(rows.map((row) => row['addedAt'])).toEqual(['2026-01-01T00:00:00.000Z', '2026-11-20T00:00:00.000Z', '', ''])
})

test('A second sync without changes writes nothing', async () => {
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  const { body } = await bench.request('GET', `/integrations/${id}`)
  expect(body).toMatchObject({ lastSync: { state: 'succeeded', written: { users: 0, usageRows: 0 } } })
})
