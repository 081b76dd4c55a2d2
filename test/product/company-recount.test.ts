import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { companyCosts, overviewCosts, overviewPeople } from '../model/company-answers.ts'
import { companyPeople, personAnswer, workingKeys } from '../model/company.ts'
import { companyFindings, type ModelFinding } from '../model/findings.ts'
import { type ModelWindow, order } from '../model/rules.ts'
import { NOW, ROSTER, startThreeOrganizations } from './three-organizations.ts'

/*
 * Answers over three organizations of two providers, from their raw pages. People have the same addresses in other case, Unicode form and
 * spelling of the domain, and some have none.
 */

let three: Awaited<ReturnType<typeof startThreeOrganizations>>
beforeAll(async () => {
  three = await startThreeOrganizations()
})
afterAll(() => three.close())

interface Shown {
  readonly id: string
  readonly memberships: readonly { readonly integrationId: string; readonly userId: string }[]
}

async function itemsOf<Item>(path: string): Promise<Item[]> {
  const { status, body } = await three.product.get(path)
  expect(status).toBe(200)
  expect(body['nextCursor']).toBeNull()
  return body['items'] as Item[]
}

const everybody = () => itemsOf<Shown>('/people?accountStatus=any&limit=1000')

async function expectPeople(): Promise<void> {
  const byMembership = <Item extends Pick<Shown, 'memberships'>>(people: readonly Item[]) =>
    people.toSorted((left, right) => order(firstIn(left), firstIn(right)))
  const shown = (await everybody()).map(({ id: _id, ...person }) => person)
  const keysOf = new Map(three.integrations.map(({ id, model }) => [id, workingKeys(model, NOW.getTime())]))
  const counted = companyPeople(three.integrations).map((person) => personAnswer(person, keysOf, ROSTER))
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
  const { body } = await three.product.get(`/costs?${query}`)
  const items = (body['items'] as { personId?: string | null }[]).map(({ personId, ...item }) =>
    personId === undefined ? item : { userIds: personId === null ? null : userIds.get(personId), ...item },
  )
  const counted = companyCosts(three.integrations, { groupBy, asked: range, roster: ROSTER })
  expect(body['totals']).toEqual(counted.totals)
  expect(byText(items)).toEqual(byText(counted.items))
  expect(body['notRead']).toEqual([])
}

/** Items of the same amount have no order that a recount could know. */
function byText(items: readonly object[]): object[] {
  const textOf = (item: object) => JSON.stringify(Object.entries(item).toSorted(([one], [other]) => order(one, other)))
  return items.toSorted((left, right) => order(textOf(left), textOf(right)))
}

async function expectOverview(): Promise<void> {
  const { body } = await three.product.get('/overview')
  expect(body).toMatchObject(overviewPeople(three.integrations))
  expect(body['costs']).toEqual(overviewCosts(three.integrations))
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
  const counted = companyFindings(three.integrations, ROSTER, NOW.getTime())
  expect(byText(shown)).toEqual(byText(counted))
  const { body } = await three.product.get('/overview')
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
  const people = companyPeople(three.integrations)
  const organizationsOf = (name: string) =>
    people.filter((person) => person.some(({ user }) => user.name?.startsWith(`${name} `))).map(({ length }) => length)
  expect(organizationsOf('jose')).toEqual([3])
  expect(organizationsOf('zoe')).toEqual([2])
  expect(organizationsOf('outsider')).toEqual([2])
  // The letter ß stays, and is not two of s.
  expect(organizationsOf('straße')).toEqual([1, 1])
  expect(people.filter(([membership]) => membership?.user.name === 'Nobody')).toHaveLength(3)
  expect(overviewCosts(three.integrations).map(({ currency }) => currency)).toEqual(['EUR', 'USD'])
})

test('Each person, with every membership, equals the recount', expectPeople)

test('The overview equals the recount', expectOverview)

test('The findings equal the recount, and those of each severity and type are counted', expectFindings)

test('The recount has findings of all types that need no trouble with an integration', () => {
  const types = new Set(companyFindings(three.integrations, ROSTER, NOW.getTime()).map(({ type }) => type))
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
  const { product, anthropic } = three
  product.organization.company.remove('user-a-jose')
  product.organization.company.remove('user-a-zoe')
  anthropic.company.remove('user_01czoe')
  await three.sync()
  await expectPeople()
  await expectOverview()
  await expectFindings()
  await expectCosts('person')
  await expectCosts('person', { from: '2026-11-30' })
  expect(companyCosts(three.integrations, { groupBy: 'person' }).items).toContainEqual(
    expect.objectContaining({ kind: 'former_member' }),
  )
})
