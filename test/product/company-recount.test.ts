import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startSimulatedOrganization as startAnthropic } from '../../local/simulated-anthropic/server.ts'
import { companyCosts, overviewCosts, overviewPeople } from '../model/company-answers.ts'
import {
  companyPeople,
  type ModelEmployee,
  type ModelIntegration,
  personAnswer,
  workingKeys,
} from '../model/company.ts'
import { companyFindings, type ModelFinding } from '../model/findings.ts'
import { Model } from '../model/model.ts'
import type { ModelOrganization } from '../model/organization.ts'
import { readAnthropic } from '../model/read-anthropic.ts'
import { readOrganization } from '../model/read-organization.ts'
import { type ModelWindow, order, windowAt } from '../model/rules.ts'
import { type Product, startProduct } from './product-bench.ts'

/*
 * Answers over three organizations of two providers, from their raw pages. People have the same addresses in other case, Unicode form and
 * spelling of the domain, and some have none.
 */

/** The month before began more than 60 days ago. */
const NOW = new Date('2026-11-30T15:30:00.000Z')
const COMPANY_DOMAINS = ['müller.example', 'northwind.example', 'acme.example']
const COST = { userId: null, projectId: null, apiKeyId: null, lineItem: null, isOnlyInTotal: false }

/** Each person as the three organizations spell their address. Undefined where they are no member. */
const SPELLINGS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  jose: ['jose\u0301@mu\u0308ller.example', 'JOSÉ@XN--MLLER-KVA.example', ' josé@Müller.example'],
  zoe: ['Zoë@acme.example', undefined, 'zoe\u0308@ACME.EXAMPLE '],
  straße: [undefined, 'gro\u00df@acme.example', 'gross@acme.example'],
  outsider: ['dov@agency.example', 'Dov@Agency.example', undefined],
  consultant: [undefined, undefined, 'owner@elsewhere.example'],
}

/** In yet another spelling. Everybody else of the company's domains is not in it. */
const ROSTER_FILE = [
  'email,name,manager,department,endsOn',
  'José@müller.example,José,Ana,"Research, Dev",',
  'ZOE\u0308@acme.example,Zoë,José,Support,2026-11-29',
  'groß@acme.example,,,Support,2026-11-30',
].join('\r\n')
const ROSTER: ReadonlyMap<string, ModelEmployee> = new Map([
  ['jos\u00e9@xn--mller-kva.example', { department: 'Research, Dev', manager: 'Ana', endsOn: null }],
  ['zo\u00eb@acme.example', { department: 'Support', manager: 'José', endsOn: '2026-11-29' }],
  ['gro\u00df@acme.example', { department: 'Support', manager: null, endsOn: '2026-11-30' }],
])

let product: Product
let anthropic: Awaited<ReturnType<typeof startAnthropic>>
let integrations: (ModelIntegration & { readonly read: (window: ModelWindow) => Promise<ModelOrganization> })[]

beforeAll(async () => {
  anthropic = await startAnthropic({ members: 8, now: () => NOW })
  product = await startProduct(
    { members: 8, now: () => NOW, switches: { secondCurrency: 'eur' } },
    { baseUrls: {} },
    { sleep: async () => {} },
  )
  await product.restart({ baseUrls: { openai: product.organization.baseUrl, anthropic: anthropic.baseUrl } })
  addPeople()
  const { baseUrl, keys } = product.organization
  const atOpenAi = (key: string) => (window: ModelWindow) => readOrganization({ baseUrl, key }, window, NOW)
  const access = { baseUrl: anthropic.baseUrl, key: anthropic.keys.admin }
  integrations = [
    { ...(await connected('openai', 'Acme', keys.admin)), read: atOpenAi(keys.admin) },
    { ...(await connected('openai', 'Labs', keys.otherOrganization)), read: atOpenAi(keys.otherOrganization) },
    {
      ...(await connected('anthropic', 'Research', anthropic.keys.admin)),
      read: (window) => readAnthropic(access, window, NOW),
    },
  ]
  for (const { id } of integrations) await readAfter(id)
  const file = { method: 'PUT', headers: { 'content-type': 'text/csv' }, body: ROSTER_FILE }
  expect((await fetch(`${product.url}/v1/roster`, file)).status).toBe(200)
})
afterAll(async () => {
  await product.close()
  await anthropic.close()
})

/** With usage and costs of their own, and people without an address. */
function addPeople(): void {
  const { company, otherCompany } = product.organization
  for (const [name, [first, second, third]] of Object.entries(SPELLINGS)) {
    const role = name === 'outsider' || name === 'consultant' ? 'owner' : 'reader'
    if (first !== undefined) company.add({ id: `user-a-${name}`, name: `${name} A`, email: first, role })
    if (second !== undefined)
      otherCompany.add({ id: `user-b-${name}`, name: `${name} B`, email: second, role: 'reader' })
    if (third !== undefined) {
      anthropic.company.add({
        id: `user_01c${name}`,
        name: `${name} C`,
        email: third,
        role: role === 'owner' ? 'admin' : 'user',
      })
    }
    otherCompany.addCost({
      ...COST,
      day: '2026-10-01',
      userId: `user-b-${name}`,
      currency: 'usd',
      units: 70_000_000_001n,
    })
    anthropic.company.addCost({ day: '2026-11-30', userId: `user_01c${name}`, units: 3_333_000_000n })
  }
  for (const each of [company, otherCompany]) each.add({ id: 'user-none', name: 'Nobody', role: 'reader' })
  anthropic.company.add({ id: 'user_01none', name: 'Nobody' })
  company.addCost({ ...COST, day: '2026-11-29', userId: 'user-none', currency: 'eur', units: 1n })
  // A spike.
  company.addCost({ ...COST, day: '2026-11-25', currency: 'usd', units: 9_000_000_000_000n })
  company.addCost({ ...COST, day: '2026-11-28', userId: 'user-gone', currency: 'usd', units: 5_000n })
  otherCompany.addUsage({
    day: '2026-11-30',
    userId: 'user-b-jose',
    model: 'gpt-5',
    requests: 3,
    inputTokens: 9,
    cachedInputTokens: 0,
    outputTokens: 1,
  })
}

async function connected(provider: 'openai' | 'anthropic', name: string, adminApiKey: string) {
  const json = { provider, name, adminApiKey, companyDomains: COMPANY_DOMAINS }
  const { status, body } = await product.request('POST', '/integrations', { json })
  expect(status).toBe(201)
  const model = new Model({ provider })
  model.companyDomains = COMPANY_DOMAINS
  return { id: String(body['id']), name, model }
}

/** Waits for a sync, and has the model sync what is known then. */
async function readAfter(id: string): Promise<void> {
  const sync = await product.ended(id)
  expect(sync).toMatchObject({ state: 'succeeded' })
  expect(JSON.stringify(sync['dataSets'])).not.toContain('failed')
  const integration = integrations.find((each) => each.id === id)
  const [startedMs, endedMs] = [Date.parse(String(sync['startedAt'])), Date.parse(String(sync['finishedAt']))]
  const found = await integration?.read(windowAt(startedMs))
  if (found === undefined) throw new Error('No organization has this id.')
  integration?.model.sync({ id: String(sync['id']), trigger: String(sync['trigger']) }, { startedMs, endedMs }, found)
}

interface Shown {
  readonly id: string
  readonly memberships: readonly { readonly integrationId: string; readonly userId: string }[]
}

async function itemsOf<Item>(path: string): Promise<Item[]> {
  const { status, body } = await product.get(path)
  expect(status).toBe(200)
  expect(body['nextCursor']).toBeNull()
  return body['items'] as Item[]
}

const everybody = () => itemsOf<Shown>('/people?accountStatus=any&limit=1000')

async function expectPeople(): Promise<void> {
  const byMembership = <Item extends Pick<Shown, 'memberships'>>(people: readonly Item[]) =>
    people.toSorted((left, right) => order(firstIn(left), firstIn(right)))
  const shown = (await everybody()).map(({ id: _id, ...person }) => person)
  const keysOf = new Map(integrations.map(({ id, model }) => [id, workingKeys(model, NOW.getTime())]))
  const counted = companyPeople(integrations).map((person) => personAnswer(person, keysOf, ROSTER))
  expect(byMembership(shown)).toEqual(byMembership(counted))
}

function firstIn({ memberships: [first] }: Pick<Shown, 'memberships'>): string {
  return `${first?.integrationId} ${first?.userId}`
}

/** In place of a person’s id, those of their memberships. */
async function expectCosts(groupBy: string, range: Partial<ModelWindow> = {}): Promise<void> {
  const userIds = new Map(
    (await everybody()).map(({ id, memberships }) => [id, memberships.map(({ userId }) => userId)]),
  )
  const query = new URLSearchParams({ groupBy, limit: '1000', ...range }).toString()
  const { body } = await product.get(`/costs?${query}`)
  const items = (body['items'] as { personId?: string | null }[]).map(({ personId, ...item }) =>
    personId === undefined ? item : { userIds: personId === null ? null : userIds.get(personId), ...item },
  )
  const counted = companyCosts(integrations, { groupBy, asked: range, roster: ROSTER })
  expect(body['totals']).toEqual(counted.totals)
  expect(byText(items)).toEqual(byText(counted.items))
  expect(body['notRead']).toEqual([])
}

/** Items of the same amount have no order that a recount could know. */
function byText(items: readonly object[]): object[] {
  return items.toSorted((left, right) =>
    order(JSON.stringify(Object.entries(left).toSorted()), JSON.stringify(Object.entries(right).toSorted())),
  )
}

async function expectOverview(): Promise<void> {
  const { body } = await product.get('/overview')
  expect(body).toMatchObject(overviewPeople(integrations))
  expect(body['costs']).toEqual(overviewCosts(integrations))
  expect(body['integrations']).toEqual({ connected: 3, actionRequired: 0, stale: 0, neverSynced: 0 })
  expect(body['costsNotRead']).toEqual([])
}

async function expectFindings(): Promise<void> {
  const shown = (await itemsOf<ModelFinding>('/findings?limit=1000')).map((finding) => {
    const { type, severity, integrationId, since, cost } = finding
    return {
      integrationId,
      type,
      severity,
      subject: { kind: finding.subject.kind, id: finding.subject.id },
      since,
      cost,
    }
  })
  const counted = companyFindings(integrations, ROSTER, NOW.getTime())
  expect(byText(shown)).toEqual(byText(counted))
  const { body } = await product.get('/overview')
  const count = (name: 'type' | 'severity', value: string) => counted.filter((each) => each[name] === value).length
  const { byType, ...bySeverity } = body['findings'] as { byType: Record<string, number> }
  expect(bySeverity).toEqual({
    high: count('severity', 'high'),
    medium: count('severity', 'medium'),
    low: count('severity', 'low'),
  })
  expect(byType).toEqual(Object.fromEntries(Object.keys(byType).map((type) => [type, count('type', type)])))
}

test('The organizations have people in common under every spelling, and people without an address', () => {
  const people = companyPeople(integrations)
  const organizationsOf = (name: string) =>
    people.filter((person) => person.some(({ user }) => user.name?.startsWith(`${name} `))).map(({ length }) => length)
  expect(organizationsOf('jose')).toEqual([3])
  expect(organizationsOf('zoe')).toEqual([2])
  expect(organizationsOf('outsider')).toEqual([2])
  // The letter ß stays, and is not two of s.
  expect(organizationsOf('straße')).toEqual([1, 1])
  expect(people.filter(([membership]) => membership?.user.name === 'Nobody')).toHaveLength(3)
  expect(overviewCosts(integrations).map(({ currency }) => currency)).toEqual(['EUR', 'USD'])
})

test('Each person, with every membership, equals the recount', expectPeople)

test('The overview equals the recount', expectOverview)

test('The findings equal the recount, and those of each severity and type are counted', expectFindings)

test('The recount has findings of all types that need no trouble with an integration', () => {
  const types = new Set(companyFindings(integrations, ROSTER, NOW.getTime()).map(({ type }) => type))
  expect([...types].toSorted()).toEqual([
    'eternal_key',
    'external_owner',
    'idle_member',
    'leaver_key',
    'not_in_roster',
    'ownerless_key',
    'spend_spike',
    'stale_key',
  ])
})

test.each([
  ['integration', {}],
  ['integration', { from: '2026-11-01', to: '2026-11-29' }],
  ['person', {}],
  ['person', { from: '2026-10-01' }],
  ['person', { from: '2026-11-01', to: '2026-11-29' }],
  ['department', {}],
  ['department', { to: '2026-11-15' }],
])('Costs by %s equal the recount, and add up to the total (%j)', expectCosts)

test('After people were removed, all of it equals the recount', async () => {
  const { company } = product.organization
  company.remove('user-a-jose')
  company.remove('user-a-zoe')
  anthropic.company.remove('user_01czoe')
  for (const { id } of integrations) {
    expect((await product.post(`/integrations/${id}/syncs`)).status).toBe(202)
    await readAfter(id)
  }
  await expectPeople()
  await expectOverview()
  await expectFindings()
  await expectCosts('person')
  await expectCosts('person', { from: '2026-11-30' })
  expect(companyCosts(integrations, { groupBy: 'person' }).items).toContainEqual(
    expect.objectContaining({ kind: 'former_member' }),
  )
})
