import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { companyCosts, overviewCosts, overviewPeople } from '../model/company-answers.ts'
import { companyPeople, personAnswer, workingKeys } from '../model/company.ts'
import { companyFindings, type ModelFinding, type ModelRemoval } from '../model/findings.ts'
import { type ModelWindow, order } from '../model/rules.ts'
import { FINDING_TYPES } from '../../shared/domain/finding.ts'
import { ROSTER, startThreeOrganizations } from './three-organizations.ts'

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
  const keysOf = new Map(three.integrations.map(({ id, model }) => [id, workingKeys(model, three.clock.now.getTime())]))
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

/** What reviews decided so far. */
const removals: ModelRemoval[] = []

/** The types of all findings that were compared. */
const seenTypes = new Set<string>()

const recountedFindings = () =>
  companyFindings(three.integrations, ROSTER, { nowMs: three.clock.now.getTime(), removals })

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
  const counted = recountedFindings()
  for (const { type } of counted) seenTypes.add(type)
  expect(byText(shown)).toEqual(byText(counted))
  const { body } = await three.product.get('/overview')
  const count = (name: 'type' | 'severity', value: string) => counted.filter((each) => each[name] === value).length
  const { byType, mostSevere, ...bySeverity } = body['findings'] as {
    byType: Record<string, number>
    mostSevere: Record<string, string | null>
  }
  expect(bySeverity).toEqual({
    high: count('severity', 'high'),
    medium: count('severity', 'medium'),
    low: count('severity', 'low'),
  })
  expect(byType).toEqual(Object.fromEntries(Object.keys(byType).map((type) => [type, count('type', type)])))
  const severest = (type: string) =>
    ['high', 'medium', 'low'].find((severity) =>
      counted.some((each) => each.type === type && each.severity === severity),
    ) ?? null
  expect(mostSevere).toEqual(Object.fromEntries(Object.keys(byType).map((type) => [type, severest(type)])))
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

test.each([
  ['integration', {}],
  ['integration', { from: '2026-11-01', to: '2026-11-29' }],
  ['person', {}],
  ['person', { from: '2026-10-01' }],
  ['person', { from: '2026-11-01', to: '2026-11-29' }],
  ['department', {}],
  ['department', { to: '2026-11-15' }],
])('Costs by %s equal the recount, and add up to the total (%j)', expectCosts)

interface ReviewItem extends ModelRemoval {
  readonly id: string
  readonly kind: string
}

/** A completed review that decides to remove the first so many of each organization, and keeps the others. Returns the removed. */
async function decide(population: string, count: number): Promise<ModelRemoval[]> {
  const { post } = three.product
  const { body: review, status } = await post('/reviews', { name: 'Quarter', population })
  expect(status).toBe(201)
  const items = await itemsOf<ReviewItem>(`/reviews/${String(review['id'])}/items?limit=1000`)
  const removed = [...Map.groupBy(items, ({ integrationId }) => integrationId).values()].flatMap((each) =>
    each.slice(0, count),
  )
  const path = `/reviews/${String(review['id'])}/decisions`
  const ids = (isRemoved: boolean) => items.filter((item) => removed.includes(item) === isRemoved).map(({ id }) => id)
  for (const [decision, itemIds] of [['remove', ids(true)] as const, ['keep', ids(false)] as const]) {
    expect((await post(path, { itemIds, decision })).status).toBe(200)
  }
  const { body: completed } = await post(`/reviews/${String(review['id'])}/completion`)
  const decidedAt = String(completed['completedAt'])
  return removed.map(({ integrationId, kind, subject: { id } }) => ({
    integrationId,
    subject: { kind, id },
    decidedAt,
  }))
}

/** How many decided removals the recount finds not done. */
const notDone = () => recountedFindings().filter(({ type }) => type === 'removal_not_done').length

async function syncedLater(days: number): Promise<void> {
  three.clock.now = new Date(three.clock.now.getTime() + days * 86_400_000)
  await three.sync()
}

test('13 days after removals were decided, when people were removed, all of it equals the recount', async () => {
  const { product, anthropic } = three
  removals.push(...(await decide('everyone', 3)), ...(await decide('keys', 2)))
  await expectFindings()
  const [acme] = three.integrations
  const [gone, ...others] = removals.filter(({ integrationId }) => integrationId === acme?.id)
  expect(others.length).toBeGreaterThan(1)
  for (const id of [gone?.subject.id ?? '', 'user-a-jose', 'user-a-zoe']) product.organization.company.remove(id)
  anthropic.company.remove('user_01czoe')
  await syncedLater(13)
  await expectPeople()
  await expectOverview()
  await expectFindings()
  expect(notDone()).toBe(0)
  await expectCosts('person')
  await expectCosts('person', { from: '2026-11-30' })
  expect(companyCosts(three.integrations, { groupBy: 'person' }).items).toContainEqual(
    expect.objectContaining({ kind: 'former_member' }),
  )
})

test('Removals that were decided and not done equal the recount, once they are 14 days old', async () => {
  await syncedLater(1)
  await expectFindings()
  expect(notDone()).toBeGreaterThan(0)
  expect(notDone()).toBeLessThan(removals.length)
})

test('Connections that need action equal the recount', async () => {
  const [, labs] = three.integrations
  if (labs === undefined) throw new Error('There is one organization only.')
  labs.keyExpiresAt = new Date(three.clock.now.getTime() + 10 * 86_400_000).toISOString()
  const edited = await three.product.request('PATCH', `/integrations/${labs.id}`, {
    json: { keyExpiresAt: labs.keyExpiresAt },
  })
  expect(edited.status).toBe(200)
  await three.revokeKey()
  await expectFindings()
})

test('The recount has had findings of each type', () => {
  expect(FINDING_TYPES.filter((type) => !seenTypes.has(type))).toEqual([])
})
