import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Model } from '../model/model.ts'
import { readOrganization } from '../model/read-organization.ts'
import { windowAt } from '../model/rules.ts'
import { usersBy } from '../model/users.ts'
import { type Product, startProduct } from './product-bench.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')
const WINDOW_START = '2026-09-26'
const EVERYBODY = { accountStatus: 'any', kind: 'any' }
/** Each covers some days at least, with five entries on a page, and entries in an order that says nothing of their times. */
const SYNCS_AT_MOST = 40

let product: Product
let id: string
beforeAll(async () => {
  product = await startProduct(
    { members: 16, now: () => NOW, switches: { pageSizeAtMost: 5, auditLogOrder: 'by_id' } },
    { optionalDataSets: ['logins'] },
  )
  const { body } = await product.connect(product.organization.keys.admin)
  id = String(body['id'])
})
afterAll(() => product.close())

/** The first day of which all sign-ins are known. */
async function knownSince(): Promise<unknown> {
  const { body } = await product.get(`/integrations/${id}`)
  const dataSets = body['dataSets'] as { id: string; from: string | null }[]
  return dataSets.find((dataSet) => dataSet.id === 'logins')?.from
}

test('Once all of the window is covered, in several syncs, the sign-ins of all users equal the recount', async () => {
  let syncs = 1
  let sync = await product.ended(id)
  while ((await knownSince()) !== WINDOW_START && syncs < SYNCS_AT_MOST) {
    sync = await synced()
    syncs += 1
  }
  expect(syncs).toBeGreaterThan(3)
  const { baseUrl, keys } = product.organization
  const [startedMs, endedMs] = [Date.parse(String(sync['startedAt'])), Date.parse(String(sync['finishedAt']))]
  const model = new Model()
  const access = { baseUrl, key: keys.admin }
  const found = await readOrganization(access, windowAt(startedMs), NOW, { readsLogins: true })
  model.sync({ id: String(sync['id']), trigger: 'manual' }, { startedMs, endedMs }, found)
  const { body } = await product.get(
    `/integrations/${id}/users?limit=1000&${new URLSearchParams(EVERYBODY).toString()}`,
  )
  const expected = lastLoginsOf(usersBy(model, EVERYBODY))
  expect(lastLoginsOf(body['items'] as LastLogin[])).toEqual(expected)
  const days = expected.map(([, lastLoginOn]) => lastLoginOn)
  expect(days).toContain(null)
  expect(new Set(days).size).toBeGreaterThan(5)
})

interface LastLogin {
  readonly id: string
  readonly lastLoginOn: string | null
}

/** In the order of the answer. What else an answer says of users is compared in `figures.test.ts`. */
function lastLoginsOf(users: readonly LastLogin[]): [string, string | null][] {
  return users.map(({ id: userId, lastLoginOn }) => [userId, lastLoginOn])
}

async function synced(): Promise<Record<string, unknown>> {
  await product.post(`/integrations/${id}/syncs`)
  const sync = await product.ended(id)
  expect(sync).toMatchObject({ state: 'succeeded' })
  return sync
}
