import { afterEach, expect, test } from '@jest/globals'
import { AS_DOCUMENTED, type Switches } from '../../infra/local/simulated-organization/switches.ts'
import { usageAnswer, userUsageAnswer } from '../model/answers.ts'
import { Model } from '../model/model.ts'
import { readOrganization } from '../model/read-organization.ts'
import { windowAt } from '../model/rules.ts'
import { allUsers, usersBy } from '../model/users.ts'
import { type Product, startProduct } from './product-bench.ts'

let product: Product | undefined
afterEach(async () => {
  await product?.close()
  product = undefined
})

const EVERYBODY = { accountStatus: 'any', kind: 'any' }

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
  const { id, model } = await synced({ members: 130, switches })
  const now = Date.now()
  for (const groupBy of ['day', 'model', 'user'] as const) {
    expect(await answerOf(`${id}/usage?groupBy=${groupBy}`)).toEqual(usageAnswer(model, now, groupBy, {}))
  }
  const users = await answerOf(`${id}/users?limit=1000&${new URLSearchParams(EVERYBODY).toString()}`)
  expect(users['items']).toEqual(usersBy(model, EVERYBODY))
})

test('Every member’s every day and model equals the recount', async () => {
  const { id, model } = await synced({ members: 40 })
  for (const user of allUsers(model)) {
    const usage = await answerOf(`${id}/users/${user.id}/usage`)
    expect(usage).toEqual(userUsageAnswer(model, Date.now(), user.id, {}))
  }
})

/** A product that has synced an organization, which stands still, and the model after the same sync. */
async function synced(options: {
  members: number
  switches?: Partial<Switches>
}): Promise<{ id: string; model: Model }> {
  const now = new Date()
  product = await startProduct({ ...options, now: () => now })
  const { baseUrl, keys } = product.organization
  const { status, body } = await product.connect(keys.admin)
  expect(status).toBe(201)
  const id = String(body['id'])
  const sync = await product.ended(id)
  expect(sync).toMatchObject({ state: 'succeeded' })
  product.organization.set(AS_DOCUMENTED)
  const [startedMs, endedMs] = [Date.parse(String(sync['startedAt'])), Date.parse(String(sync['finishedAt']))]
  const model = new Model()
  const found = await readOrganization({ baseUrl, key: keys.admin }, windowAt(startedMs), now)
  model.sync({ id: String(sync['id']), trigger: 'connect' }, { startedMs, endedMs }, found)
  return { id, model }
}

async function answerOf(path: string): Promise<Record<string, unknown>> {
  if (product === undefined) throw new Error('No product has been started.')
  return (await product.get(`/integrations/${path}`)).body
}
