import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { AS_DOCUMENTED, type Switches } from '../../infra/local/simulated-organization/switches.ts'
import { aRow } from '../builders.ts'
import { type Numbers, type Recount, recount } from '../recount/recount.ts'
import { type Product, startProduct } from './product-bench.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')
/** Eight people and 60 days come on several pages, but on too few for one request to meet every nth fault five times. */
const SMALL_PAGES = { pageSizeAtMost: 7 }

let product: Product
let id: string
beforeAll(async () => {
  product = await startProduct({ members: 8, now: () => NOW }, {}, { sleep: async () => {} })
  const { company, keys } = product.organization
  expect(company.usersAt(NOW).length).toBeGreaterThan(SMALL_PAGES.pageSizeAtMost)
  const { status, body } = await product.connect(keys.admin)
  expect(status).toBe(201)
  id = String(body['id'])
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded' })
})
afterAll(() => product.close())

type Row = Numbers & { userId: string | null; kind: string; model: string; day: string; models: Row[] }
type Named = { id: string; email: string | null; name: string | null; role: string | null }
type User = Numbers & Named & { dailyRequests: number[]; lastActiveOn: string | null; lastActivitySource: string }

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
  await syncWhatIsNew({ ...SMALL_PAGES, ...switches })
  const byDay = await rowsBy('day')
  const counted = await recounted(byDay)
  expect(byDay.total).toEqual(counted.total)
  expect(byDay.items.map((row) => [row.day, row.requests])).toEqual(sumsBy(counted, 0))

  const byModel = await rowsBy('model')
  const models = byModel.items.map((row): [string, number] => [row.model, row.requests])
  expect(models.toSorted(byName)).toEqual(sumsBy(counted, 2))

  const byUser = await rowsBy('user')
  expect(byUser.items.reduce((sum, row) => sum + row.outputTokens, 0)).toBe(counted.total.outputTokens)
  const users = byUser.items.map((row): [string, number] => [row.userId ?? row.kind, row.requests])
  expect(users.toSorted(byName)).toEqual(sumsByUser(counted))
  const names = (await everybody()).items.map(({ id: userId, email, name, role }) => [userId, { email, name, role }])
  const members = [...counted.members].map(([userId, { email, name, role }]) => [userId, { email, name, role }])
  expect(Object.fromEntries(names)).toEqual(Object.fromEntries(members))
})

test('Every member’s every day and model equals the recount, and so do last activity and the daily requests', async () => {
  const { asOf, items } = await everybody()
  const counted = await recounted(asOf)
  expect(items.length).toBe(counted.userIds.length)
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
    const { on = null, source = null } = counted.lastActivity.get(user.id) ?? {}
    expect([user.lastActiveOn, user.lastActivitySource]).toEqual([on, source])
  }
})

/** Checks the key and syncs a company in which something has changed, while OpenAI answers in a way of its own. */
async function syncWhatIsNew(switches: Partial<Switches>): Promise<void> {
  const { organization } = product
  organization.company.addUsage(aRow({ userId: null }))
  organization.set(switches)
  const check = await product.post('/key-checks', { provider: 'openai', adminApiKey: organization.keys.admin })
  expect(check.body).toMatchObject({ valid: true })
  expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded' })
  organization.set(AS_DOCUMENTED)
}

async function rowsBy(groupBy: 'day' | 'model' | 'user') {
  const { body } = await product.get(`/integrations/${id}/usage?groupBy=${groupBy}`)
  return body as { from: string; to: string; items: Row[]; total: Numbers }
}

async function everybody() {
  const { body } = await product.get(`/integrations/${id}/users?limit=1000&accountStatus=any&kind=any`)
  return body as { asOf: { from: string; to: string }; items: User[] }
}

function recounted({ from, to }: { from: string; to: string }): Promise<Recount> {
  return recount(product.organization.baseUrl, product.organization.keys.admin, from, to)
}

/** Requests of each day (part 0) or model (part 2). */
function sumsBy(counted: Recount, part: 0 | 2): [string, number][] {
  return sums(counted, (place) => String(place[part]))
}

function sumsByUser(counted: Recount): [string, number][] {
  const listed = new Set(counted.userIds)
  return sums(counted, ([, userId]) => {
    if (userId == null) return 'unattributed'
    return listed.has(userId) ? userId : 'not_listed'
  })
}

function sums({ byDayUserModel }: Recount, nameOf: (place: (string | null)[]) => string): [string, number][] {
  const found = new Map<string, number>()
  for (const [place, { requests }] of byDayUserModel) {
    const name = nameOf(JSON.parse(place) as (string | null)[])
    if (requests > 0) found.set(name, (found.get(name) ?? 0) + requests)
  }
  return [...found].toSorted(byName)
}

function byName(left: [string, number], right: [string, number]): number {
  return left[0] < right[0] ? -1 : 1
}
