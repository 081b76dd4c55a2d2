import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { secretOf, type SimulatedKey } from '../../local/simulated-openai/project-keys.ts'
import { AS_DOCUMENTED, type Switches } from '../../local/simulated-openai/switches.ts'
import { aRow } from '../builders.ts'
import { licensesAnswer, usageAnswer, userUsageAnswer } from '../model/answers.ts'
import { allKindsAnswer, kindAnswer } from '../model/kinds-answers.ts'
import { KINDS } from '../model/kinds.ts'
import { invitesAnswer, keysAnswer } from '../model/lists-answers.ts'
import { Model } from '../model/model.ts'
import { readOrganization } from '../model/read-organization.ts'
import { windowAt } from '../model/rules.ts'
import { allUsers, usersBy } from '../model/users.ts'
import { type Product, startProduct } from './product-bench.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')
/** The people and 60 days come on several pages, but on too few for one request to meet five faults. */
const SMALL_PAGES = { pageSizeAtMost: 25 }
/** Besides the eight with usage. */
const MORE_PEOPLE = 20
const EVERYBODY = { accountStatus: 'any', kind: 'any' }

let product: Product
let id: string
/** After the same syncs as the product, each read by the model itself. */
const model = new Model()
beforeAll(async () => {
  product = await startProduct({ members: 8, now: () => NOW }, {}, { sleep: async () => {} })
  const { company, keys } = product.organization
  for (let index = 0; index < MORE_PEOPLE; index += 1) company.add({ id: `user-more-${index}`, role: 'reader' })
  expect(company.usersAt(NOW).length).toBeGreaterThan(SMALL_PAGES.pageSizeAtMost)
  const { status, body } = await product.connect(keys.admin)
  expect(status).toBe(201)
  id = String(body['id'])
  await ended()
})
afterAll(() => product.close())

/** Ways of answering that are independent share a sync, which meets each fault two or three times. */
const strangeness: [string, Partial<Switches>][] = [
  [
    'with numbers as text, unknown fields, names in the nested user only, an id on two pages and empty usage pages',
    {
      numbersAsStrings: true,
      unknownFields: true,
      nestedUserOnly: true,
      duplicateIds: true,
      emptyPagesWithToken: true,
    },
  ],
  [
    'with a further page that refuses its token, some replies cut off, some requests told to wait and some replies pages of HTML',
    {
      trailingEmptyPage: true,
      truncateEveryNth: 23,
      rateLimit: { everyNth: 29, retryAfterSeconds: 0 },
      htmlEveryNth: 31,
    },
  ],
]

test('All figures equal an independent recount, as documented', expectRecounted)

test.each(strangeness)('All figures equal an independent recount, %s', async (_, switches) => {
  const { faultsInjected } = product.organization
  await syncWhatIsNew({ ...SMALL_PAGES, ...switches })
  if (switches.htmlEveryNth !== undefined)
    expect(product.organization.faultsInjected - faultsInjected).toBeGreaterThan(4)
  await expectRecounted()
})

async function expectRecounted(): Promise<void> {
  for (const groupBy of ['day', 'model', 'user'] as const) {
    expect(await answerOf(`usage?groupBy=${groupBy}`)).toEqual(usageAnswer(model, NOW.getTime(), groupBy, {}))
  }
  // Other kinds are optional: where their reading fails, the one before it is shown, of which the figures are the same.
  const ofAnyReading = { asOf: expect.anything() }
  const allKinds = allKindsAnswer(model, NOW.getTime(), 'kind', {})
  expect(await answerOf('usage?groupBy=kind')).toEqual({ ...allKinds, ...ofAnyReading })
  for (const kind of KINDS) {
    const expected = kindAnswer(model, NOW.getTime(), { kind, groupBy: 'user' }, {})
    expect(await answerOf(`usage?kind=${kind}&groupBy=user`)).toEqual({ ...expected, ...ofAnyReading })
  }
  const users = await answerOf(`users?limit=1000&${new URLSearchParams(EVERYBODY).toString()}`)
  expect(users['items']).toEqual(usersBy(model, EVERYBODY))
  expect(await answerOf('keys?limit=1000')).toEqual(keysAnswer(model, NOW.getTime()))
  expect(await answerOf('invites')).toEqual(invitesAnswer(model, NOW.getTime()))
  expect(await answerOf('licenses')).toEqual(licensesAnswer(model, NOW.getTime()))
}

test('The recount has keys of all kinds, with each finding but one, and invitations of both', () => {
  const items = keysAnswer(model, NOW.getTime())?.items ?? []
  const findings = new Set(items.flatMap((key) => key.findings))
  expect([...findings].toSorted()).toEqual(['eternal_key', 'leaver_key', 'stale_key'])
  expect(new Set(items.map(({ kind }) => kind)).size).toBe(2)
  expect(new Set(items.map(({ status }) => status)).size).toBeGreaterThan(1)
  expect(new Set(invitesAnswer(model, NOW.getTime())?.items.map(({ status }) => status)).size).toBe(2)
})

test('Every member’s every day and model equals the recount', async () => {
  expect(allUsers(model).length).toBeGreaterThan(5)
  for (const user of allUsers(model)) {
    expect(await answerOf(`users/${user.id}/usage`)).toEqual(userUsageAnswer(model, NOW.getTime(), user.id, {}))
  }
})

test('Keys of people who left, joined meanwhile or are unknown equal the recount, in the order of severity', async () => {
  const { company } = product.organization
  const [leaves, stays] = company.usersAt(NOW).slice(-2)
  const owner = (userId = '') => ({ type: 'user', id: userId, name: 'Somebody' }) as const
  const at = (day: string) => Date.parse(`${day}T10:00:00Z`) / 1_000
  const key = (keyId: string, overrides: Partial<SimulatedKey>): SimulatedKey => ({
    id: keyId,
    name: keyId,
    secret: secretOf(keyId),
    owner: owner(leaves?.id),
    createdAt: at('2026-10-01'),
    lastUsedAt: at('2026-11-20'),
    expiresAt: null,
    hasAccess: true,
    ...overrides,
  })
  const keys = [
    key('active', { owner: owner(stays?.id) }),
    key('eternal', { owner: owner(stays?.id), createdAt: at('2025-01-01') }),
    key('left', {}),
    key('left, used since, without access', { lastUsedAt: at('2026-11-25'), hasAccess: false }),
    key('left, without access', { hasAccess: false }),
    key('new', { owner: owner('user-new'), createdAt: at('2026-11-24') }),
    key('unknown', { owner: owner('user-unknown') }),
    key('unowned', { owner: null }),
  ]
  company.replaceProjects([{ id: 'proj_1', name: 'Search', isArchived: false, keys }])
  company.remove(String(leaves?.id))
  await syncWhatIsNew({})
  const answer = keysAnswer(model, NOW.getTime())
  expect(await answerOf('keys?limit=1000')).toEqual(answer)
  const ofProject = answer?.items.filter(({ kind }) => kind === 'project')
  expect(ofProject?.map((each) => [each.id, ...each.findings])).toEqual([
    ['left, used since, without access', 'leaver_key'],
    ['left', 'leaver_key'],
    ['unknown', 'leaver_key'],
    ['unowned', 'ownerless_key'],
    ['eternal', 'eternal_key'],
    ['left, without access', 'leaver_key'],
    ['active'],
    ['new'],
  ])
})

/** Checks the key and syncs a company in which something has changed, while OpenAI answers in a way of its own. */
async function syncWhatIsNew(switches: Partial<Switches>): Promise<void> {
  const { organization } = product
  organization.company.addUsage(aRow({ userId: null }))
  organization.set(switches)
  const check = await product.post('/key-checks', { provider: 'openai', adminApiKey: organization.keys.admin })
  expect(check.body).toMatchObject({ valid: true })
  expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
  await ended()
}

/** Waits for the product's sync, and has the model sync what is known then, as it is documented. */
async function ended(): Promise<void> {
  const sync = await product.ended(id)
  expect(sync).toMatchObject({ state: 'succeeded' })
  // A data set that was not read would be older than the recount.
  expect(JSON.stringify(sync['dataSets'])).not.toContain('failed')
  product.organization.set(AS_DOCUMENTED)
  const { baseUrl, keys } = product.organization
  const [startedMs, endedMs] = [Date.parse(String(sync['startedAt'])), Date.parse(String(sync['finishedAt']))]
  const found = await readOrganization({ baseUrl, key: keys.admin }, windowAt(startedMs), NOW)
  model.sync({ id: String(sync['id']), trigger: String(sync['trigger']) }, { startedMs, endedMs }, found)
}

async function answerOf(path: string): Promise<Record<string, unknown>> {
  return (await product.get(`/integrations/${id}/${path}`)).body
}
