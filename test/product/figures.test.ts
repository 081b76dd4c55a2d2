import { afterEach, expect, test } from '@jest/globals'
import { AS_DOCUMENTED, type Switches } from '../../infra/local/simulated-organization/switches.ts'
import { type Numbers, recount } from '../recount/recount.ts'
import { type Product, startProduct } from './product-bench.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')

let product: Product | undefined
afterEach(async () => {
  await product?.close()
  product = undefined
})

type Row = Numbers & { userId: string | null; kind: string; model: string; day: string; models: Row[] }
type User = Numbers & { id: string; lastActiveOn: string | null; lastActivitySource: string | null }

const strangeness: [string, Partial<Switches>][] = [
  ['as documented', {}],
  ['with numbers as text and unknown fields', { numbersAsStrings: true, unknownFields: true }],
  ['with an id on two pages and empty usage pages', { duplicateIds: true, emptyPagesWithToken: true }],
  ['with a further page that refuses its token', { trailingEmptyPage: true }],
  ['with names in the nested user only', { nestedUserOnly: true }],
  ['with every fifth reply cut off', { truncateEveryNth: 5 }],
  ['with every fourth request told to wait', { rateLimit: { everyNth: 4, retryAfterSeconds: 0 } }],
  ['with every fifth reply a page of HTML', { htmlEveryNth: 5 }],
]

test.each(strangeness)('All figures equal an independent recount, %s', async (_, switches) => {
  const now = new Date()
  product = await startProduct({ members: 130, now: () => now, switches })
  const { status, body } = await product.connect(product.organization.keys.admin)
  expect(status).toBe(201)
  const id = String(body['id'])
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded' })
  product.organization.set({ ...AS_DOCUMENTED })

  const byDay = (await product.get(`/integrations/${id}/usage?groupBy=day`)).body
  const { from, to } = byDay as { from: string; to: string }
  const counted = await recount(product.organization.baseUrl, product.organization.keys.admin, from, to)
  expect(byDay['total']).toEqual(counted.total)
  expect((byDay['items'] as Row[]).map((row) => [row.day, row.requests])).toEqual(sumsBy(counted, 0))

  const byModel = (await product.get(`/integrations/${id}/usage?groupBy=model`)).body
  const models = (byModel['items'] as Row[]).map((row): [string, number] => [row.model, row.requests])
  expect(models.toSorted(byName)).toEqual(sumsBy(counted, 2))

  const byUser = (await product.get(`/integrations/${id}/usage?groupBy=user`)).body
  const users = byUser['items'] as Row[]
  const listed = new Set(counted.userIds)
  expect(users.reduce((sum, row) => sum + row.outputTokens, 0)).toBe(counted.total.outputTokens)
  const kindOf = (userId: string | null) => {
    if (userId === null) return 'unattributed'
    return listed.has(userId) ? userId : 'not_listed'
  }
  const expected = new Map<string, number>()
  for (const [place, numbers] of counted.byDayUserModel) {
    const kind = kindOf((JSON.parse(place) as (string | null)[])[1] ?? null)
    expected.set(kind, (expected.get(kind) ?? 0) + numbers.requests)
  }
  const used = [...expected].filter(([, requests]) => requests > 0)
  expect(users.map((row): [string, number] => [row.userId ?? row.kind, row.requests]).toSorted(byName)).toEqual(
    used.toSorted(byName),
  )
  const everybody = (await product.get(`/integrations/${id}/users?limit=1000&accountStatus=any&kind=any`)).body
  expect((everybody['items'] as User[]).map((user) => user.id).toSorted()).toEqual(counted.userIds.toSorted())
})

test('Every member’s every day and model equals the recount, and so do last activity and the daily requests', async () => {
  product = await startProduct({ members: 40, now: () => NOW_TODAY })
  const { body } = await product.connect(product.organization.keys.admin)
  const id = String(body['id'])
  await product.ended(id)
  const everybody = (await product.get(`/integrations/${id}/users?limit=1000&accountStatus=any&kind=any`)).body
  const asOf = everybody['asOf'] as { from: string; to: string }
  const items = everybody['items'] as (User & { dailyRequests: number[] })[]
  const counted = await recount(product.organization.baseUrl, product.organization.keys.admin, asOf.from, asOf.to)
  for (const user of items) {
    const { body: usage } = await product.get(`/integrations/${id}/users/${user.id}/usage`)
    const rows = (usage['items'] as Row[]).flatMap((day) =>
      day.models.map(({ model, requests, inputTokens, cachedInputTokens, outputTokens }) => [
        JSON.stringify([day.day, user.id, model]),
        { requests, inputTokens, cachedInputTokens, outputTokens },
      ]),
    )
    const own = [...counted.byDayUserModel].filter(
      ([place, numbers]) => (JSON.parse(place) as unknown[])[1] === user.id && numbers.requests > 0,
    )
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(own))
    expect(user.dailyRequests).toHaveLength(60)
    expect(user.dailyRequests.reduce((sum, requests) => sum + requests, 0)).toBe(user.requests)
    const days = own.map(([place]) => String((JSON.parse(place) as unknown[])[0])).toSorted()
    if (user.lastActivitySource === 'usage') expect(user.lastActiveOn).toBe(days.at(-1))
  }
})

const NOW_TODAY = new Date(`${new Date().toISOString().slice(0, 10)}T${NOW.toISOString().slice(11)}`)

function sumsBy(counted: { byDayUserModel: Map<string, Numbers> }, part: number): [string, number][] {
  const sums = new Map<string, number>()
  for (const [place, numbers] of counted.byDayUserModel) {
    const key = String((JSON.parse(place) as unknown[])[part])
    if (numbers.requests > 0) sums.set(key, (sums.get(key) ?? 0) + numbers.requests)
  }
  return [...sums].toSorted(byName)
}

function byName(left: [string, number], right: [string, number]): number {
  return left[0] < right[0] ? -1 : 1
}
