import * as z from 'zod'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { AS_DOCUMENTED, type Switches } from '../../local/simulated-openai/switches.ts'
import { costsAnswer, userCostsAnswer } from '../model/costs-answers.ts'
import { Model } from '../model/model.ts'
import { readOrganization } from '../model/read-organization.ts'
import { dayAfter, windowAt } from '../model/rules.ts'
import { allUsers } from '../model/users.ts'
import { type Product, startProduct } from './product-bench.ts'

/* Costs over days and months: somebody leaves, the product restarts, and costs fail for a week. Everything is recounted from the raw pages. */

const withAsOf = z.looseObject({ asOf: z.looseObject({}) })
const withItems = z.looseObject({ items: z.array(z.looseObject({})) })
const withDataSets = z.looseObject({ dataSets: z.array(z.looseObject({})) })

const DAY_MS = 86_400_000
const GROUPINGS = ['day', 'user', 'project', 'lineItem', 'key']

let product: Product
let id: string
let now = new Date('2026-09-08T09:30:00.000Z')
const model = new Model()
beforeAll(async () => {
  product = await startProduct(
    { members: 6, now: () => now },
    { optionalDataSets: ['costs', 'keys'] },
    { sleep: async () => {} },
  )
  id = String((await product.connect(product.organization.keys.admin)).body['id'])
  await ended({})
})
afterAll(() => product.close())

test('Costs of a removed person are those of a former member, and of nobody listed once they are purged', async () => {
  const [leaver] = product.organization.company.usersAt(now)
  if (leaver === undefined) throw new Error('Nobody is there to leave.')
  product.organization.company.remove(leaver.id)
  await syncedLater(1)
  expect(await kindsOf(leaver.id)).toEqual(['former_member'])
  await expectRecounted()
  // Somebody who is gone causes costs for a while: keys outlive people.
  const day = dayAfter(now.toISOString().slice(0, 10), 60)
  product.organization.company.addCost({
    day,
    userId: leaver.id,
    projectId: null,
    apiKeyId: null,
    lineItem: 'Left behind',
    currency: 'usd',
    units: 12_345_678_901n,
  })
  await syncedLater(61)
  expect(await kindsOf(leaver.id)).toEqual([])
  expect((await answerOf('costs?groupBy=user'))['items']).toContainEqual(
    expect.objectContaining({ kind: 'not_listed', userId: null }),
  )
  await expectRecounted()
})

test('A restart keeps costs as they were, and the next sync replaces them', async () => {
  const before = await answers()
  await product.restart()
  expect(await answers()).toEqual(before)
  await syncedLater(1)
  await expectRecounted()
})

test('Costs that fail for a week stay with their date, window and amounts, until they are read again', async () => {
  const before = await answers()
  const costsBefore = await costsOfUsers()
  const { syncedAt, from, to } = (await dataSet()) ?? {}
  // On the next day, and the last of the week.
  for (const days of [1, 6]) {
    await syncedLater(days, { costsRefused: { '': 500 } })
    expect(await dataSet()).toMatchObject({
      state: 'failed',
      problem: { code: 'provider_unreachable' },
      syncedAt,
      from,
      to,
    })
    expect(await costsOfUsers()).toEqual(costsBefore)
  }
  expect(await answers()).toEqual(before.map((answer) => ({ ...answer, asOf: { ...answer.asOf, stale: true } })))
  await expectRecounted()
  await syncedLater(1)
  expect(await dataSet()).toMatchObject({ state: 'current', problem: null, syncedAt: now.toISOString() })
  await expectRecounted()
})

/** Syncs some days later while OpenAI answers in a way of its own, and has the model sync the same. */
async function syncedLater(days: number, switches: Partial<Switches> = {}): Promise<void> {
  now = new Date(now.getTime() + days * DAY_MS)
  product.organization.set({ ...AS_DOCUMENTED, ...switches })
  expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
  await ended(switches)
}

async function ended({ costsRefused = {} }: Partial<Switches>): Promise<void> {
  const sync = await product.ended(id)
  expect(sync).toMatchObject({ state: 'succeeded' })
  product.organization.set(AS_DOCUMENTED)
  const { baseUrl, keys } = product.organization
  const [startedMs, endedMs] = [Date.parse(String(sync['startedAt'])), Date.parse(String(sync['finishedAt']))]
  const read = await readOrganization({ baseUrl, key: keys.admin }, windowAt(startedMs), now, { readsKinds: false })
  const found = costsRefused[''] === undefined ? read : { ...read, costs: { failure: 'provider_unreachable' } }
  model.sync({ id: String(sync['id']), trigger: String(sync['trigger']) }, { startedMs, endedMs }, found)
}

/** Every grouping, every person, and each person's every day. */
async function expectRecounted(): Promise<void> {
  for (const groupBy of GROUPINGS) {
    expect(await answerOf(`costs?groupBy=${groupBy}`)).toEqual(costsAnswer(model, now.getTime(), groupBy))
  }
  expect(allUsers(model).length).toBeGreaterThan(3)
  for (const user of allUsers(model)) {
    expect(await answerOf(`users/${user.id}`)).toEqual(user)
    expect(await answerOf(`users/${user.id}/costs`)).toEqual(userCostsAnswer(model, now.getTime(), user.id))
  }
}

async function answers() {
  const all: z.output<typeof withAsOf>[] = []
  for (const groupBy of GROUPINGS) all.push(withAsOf.parse(await answerOf(`costs?groupBy=${groupBy}`)))
  return all
}

async function kindsOf(userId: string): Promise<unknown[]> {
  const { items } = withItems.parse(await answerOf('costs?groupBy=user'))
  return items.filter((row) => row['userId'] === userId).map((row) => row['kind'])
}

async function costsOfUsers(): Promise<unknown[]> {
  const { items } = withItems.parse(await answerOf('users?accountStatus=any&kind=any&limit=1000'))
  return items.map((user) => [user['id'], user['cost']])
}

async function dataSet() {
  const { dataSets } = withDataSets.parse(await answerOf(''))
  return dataSets.find((each) => each['id'] === 'costs')
}

async function answerOf(path: string): Promise<Record<string, unknown>> {
  return (await product.get(`/integrations/${id}/${path}`)).body
}
