import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { AS_DOCUMENTED, type Switches } from '../../local/simulated-openai/switches.ts'
import { keyListSchema } from '../../shared/contracts/keys-contract.ts'
import { costsWindow } from '../model/costs.ts'
import { costsAnswer } from '../model/costs-answers.ts'
import { Model } from '../model/model.ts'
import { amountText, tenBillionths } from '../model/amounts.ts'
import type { ModelOrganization } from '../model/organization.ts'
import { fetchCosts } from '../model/raw-costs.ts'
import { readOrganization } from '../model/read-organization.ts'
import { windowAt } from '../model/rules.ts'
import { allUsers } from '../model/users.ts'
import { type Product, startProduct } from './product-bench.ts'

/* Costs from the raw pages to the answers. */

/** The month before began more than 60 days ago. */
const NOW = new Date('2026-11-30T15:30:00.000Z')
const GROUPINGS = ['day', 'user', 'project', 'lineItem', 'key']
/** Of costs alone: the recount reads as documented. */
const READ_ALIKE: (keyof Switches)[] = ['costAmountsAs', 'costsRefused', 'costCredits', 'costFees', 'secondCurrency']

let product: Product
let id: string
const model = new Model()
/** As the model read it first. */
let read: ModelOrganization | undefined
beforeAll(async () => {
  product = await startProduct(
    { members: 8, now: () => NOW },
    { optionalDataSets: ['costs', 'keys'] },
    { sleep: async () => {} },
  )
  id = String((await product.connect(product.organization.keys.admin)).body['id'])
  await synced({})
})
afterAll(() => product.close())

const COST = { userId: null, projectId: null, apiKeyId: null, lineItem: null, currency: 'usd' }

/** The last page announces an empty one, and that another one that is refused. */
const REFUSED_AT_THE_END = { trailingEmptyPage: true, emptyPageBeforeRefusal: true, emptyDaysOmitted: true }

/** Forms of amounts or pages, further rows and refused reports are independent: each sync has some of each. */
const oddities: [string, Partial<Switches>][] = [
  [
    'with amounts as text and credits, without costs by user',
    { costAmountsAs: 'text', costCredits: true, costsRefused: { user_id: 400 } },
  ],
  [
    'with amounts as text with exponents, a second currency and costs that are only in the total, without costs by project',
    {
      costAmountsAs: 'exponent',
      secondCurrency: 'eur',
      costFees: true,
      costsRefused: { 'project_id,line_item': 404 },
    },
  ],
  [
    'with numbers as text, a limit that is clamped, and empty pages, without costs by key',
    { numbersAsStrings: true, pageSizeAtMost: 7, emptyPagesWithToken: true, costsRefused: { api_key_id: 400 } },
  ],
  [
    'with costs that are only in the total and an empty page after which the token is refused',
    { costFees: true, ...REFUSED_AT_THE_END },
  ],
  ['without any attribution', { costsRefused: { user_id: 400, 'project_id,line_item': 400, api_key_id: 400 } }],
]

test('Every grouping, day and person equals the recount, as documented', expectRecounted)

test('Keys are sorted by cost, either way, to the last page', async () => {
  const sorts = { cost: 1, '-cost': -1 }
  for (const [sort, direction] of Object.entries(sorts)) {
    const amounts: number[] = []
    let cursor = ''
    do {
      const { items, nextCursor } = keyListSchema.parse(await answerOf(`keys?sort=${sort}&limit=3${cursor}`))
      amounts.push(...items.map(({ cost }) => Number(cost?.amount)))
      cursor = nextCursor === null ? '' : `&cursor=${encodeURIComponent(nextCursor)}`
    } while (cursor !== '')
    expect(new Set(amounts).size).toBeGreaterThan(2)
    expect(amounts).toEqual(amounts.toSorted((left, right) => direction * (left - right)))
  }
})

test('Users are sorted by what they cost', async () => {
  const { items } = await answerOf('users?sort=-cost&limit=1000')
  const amounts = (Array.isArray(items) ? items : []).map(({ cost }: { cost: { amount: string } }) =>
    Number(cost.amount),
  )
  expect(amounts.length).toBeGreaterThan(5)
  expect(amounts).toEqual(amounts.toSorted((left, right) => right - left))
})

test('Costs that answer 403, 404 or 500 stay as they were last read, with their date', async () => {
  const before = await answerOf('costs?groupBy=user')
  for (const [status, state, code] of [
    [403, 'not_permitted', 'insufficient_permissions'],
    [404, 'failed', 'unexpected_reply'],
    [500, 'failed', 'provider_unreachable'],
  ] as const) {
    await syncWith({ costsRefused: { '': status } })
    const integration = await answerOf('')
    expect(integration['dataSets']).toContainEqual(
      expect.objectContaining({ id: 'costs', state, problem: expect.objectContaining({ code }) }),
    )
    expect(await answerOf('costs?groupBy=user')).toEqual(before)
  }
})

test.each(oddities)('Every grouping, day and person equals the recount, %s', async (_, switches) => {
  await synced(switches)
  await expectRecounted()
})

async function expectRecounted(): Promise<void> {
  for (const groupBy of GROUPINGS) {
    expect(await answerOf(`costs?groupBy=${groupBy}`)).toEqual(costsAnswer(model, NOW.getTime(), groupBy))
  }
  const range = { from: '2026-10-03', to: '2026-11-20' }
  expect(await answerOf(`costs?groupBy=user&from=${range.from}&to=${range.to}`)).toEqual(
    costsAnswer(model, NOW.getTime(), 'user', range),
  )
  for (const user of allUsers(model)) {
    expect(await answerOf(`users/${user.id}`)).toEqual(user)
  }
}

/** Syncs while OpenAI answers in a way of its own, and has the model sync the same. */
async function synced(switches: Partial<Switches>): Promise<void> {
  const { organization } = product
  const sync = await syncWith(switches)
  const { baseUrl, keys } = organization
  const [startedMs, endedMs] = [Date.parse(String(sync['startedAt'])), Date.parse(String(sync['finishedAt']))]
  organization.set({
    ...AS_DOCUMENTED,
    ...Object.fromEntries(READ_ALIKE.map((name) => [name, { ...AS_DOCUMENTED, ...switches }[name]])),
  })
  const access = { baseUrl, key: keys.admin }
  const window = windowAt(startedMs)
  // Nothing but costs ever changes.
  read ??= await readOrganization(access, window, NOW, { readsKinds: false })
  const found = { ...read, costs: await fetchCosts(access, costsWindow(window), NOW.getTime() / 1_000) }
  model.sync({ id: String(sync['id']), trigger: String(sync['trigger']) }, { startedMs, endedMs }, found)
}

/** Syncs alone; the first sync is that of the connection. Every sync has a cost that is new. */
async function syncWith(switches: Partial<Switches>): Promise<Record<string, unknown>> {
  const { organization } = product
  organization.company.addCost({ ...COST, day: '2026-11-02', lineItem: 'Rounded', units: 33n })
  organization.set({ ...AS_DOCUMENTED, ...switches })
  if (model.published !== null) expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
  const sync = await product.ended(id)
  expect(sync).toMatchObject({ state: 'succeeded' })
  return sync
}

async function answerOf(path: string): Promise<Record<string, unknown>> {
  return (await product.get(`/integrations/${id}/${path}`)).body
}

test('A key without the permission for costs connects and syncs; they are refused with the missing permission, and nobody’s cost is known', async () => {
  const other = await startProduct(
    { members: 4, now: () => NOW, switches: { costsRefused: { '': 403 } } },
    { optionalDataSets: ['costs'] },
  )
  try {
    const { status, body } = await other.connect(other.organization.keys.admin)
    expect(status).toBe(201)
    const path = `/integrations/${String(body['id'])}`
    expect(await other.ended(String(body['id']))).toMatchObject({ state: 'succeeded', problem: null })
    const refused = await other.get(`${path}/costs`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'data_set_not_read' } })
    expect(refused.text).toContain('not_permitted')
    const { body: integration } = await other.get(path)
    expect(integration['state']).toBe('connected')
    expect(integration['dataSets']).toContainEqual(
      expect.objectContaining({
        id: 'costs',
        state: 'not_permitted',
        problem: expect.objectContaining({ detail: expect.stringContaining('api.usage.read') }),
      }),
    )
    const { body: users } = await other.get(`${path}/users`)
    expect(users['items']).toContainEqual(expect.objectContaining({ cost: null }))
    expect((await other.get(`${path}/users?sort=-cost`)).status).toBe(200)
  } finally {
    await other.close()
  }
})

test('A FOCUS file has a charge for each project, line item and day, of all currencies', async () => {
  await syncWith({ secondCurrency: 'eur', costCredits: true })
  const { text, headers } = await product.get(`/integrations/${id}/costs?format=focus`)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const charges: Record<string, string>[] = parse(text, { columns: true })
  const sums = new Map<string, bigint>()
  for (const { BillingCurrency: currency = '', BilledCost: cost = '' } of charges) {
    sums.set(currency, (sums.get(currency) ?? 0n) + tenBillionths(cost))
  }
  const { currency, total, otherCurrencies } = await answerOf('costs')
  expect([...sums].map(([each, units]) => ({ currency: each, total: amountText(units) }))).toEqual(
    expect.arrayContaining([{ currency, total }, ...(Array.isArray(otherCurrencies) ? otherCurrencies : [])]),
  )
  expect(charges[0]).toMatchObject({
    BillingPeriodStart: '2026-10-01T00:00:00Z',
    BillingPeriodEnd: '2026-11-01T00:00:00Z',
  })
  expect(charges.filter((charge) => charge['ChargeCategory'] === 'Credit').length).toBeGreaterThan(50)
  const refused = await product.get(`/integrations/${id}/costs?format=focus&groupBy=user`)
  expect(refused.status).toBe(400)
})
