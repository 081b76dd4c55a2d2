import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ProviderError } from '../../shared/domain/problem.ts'
import { aPerson } from '../builders.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { ADMIN, REVIEWER, VIEWER } from './api-event.ts'
import { KEY, OTHER_KEY } from './api-bench.ts'
import { fieldsOf } from './call.ts'
import { type ReviewsBench, startReviewsBench } from './reviews-bench.ts'

let bench: ReviewsBench
beforeEach(async () => {
  bench = await startReviewsBench({}, ({ organization }) => {
    organization(KEY).people = [
      listed('ana', { role: 'owner' }),
      listed('bob', { role: 'owner', accountStatus: 'disabled' }),
      listed('cyn', { email: 'cyn@agency.example' }),
      listed('idle'),
      listed('bot', { kind: 'service_account', email: null }),
    ]
    organization(KEY).rows = [used('ana', '2026-11-24', 5), used('cyn', '2026-11-24', 1)]
    organization(KEY).items = {
      keys: [
        aKey('k_ana', { owner: owner('ana') }),
        aKey('k_admin', { kind: 'admin', project: null, owner: owner('ana') }),
        aKey('k_bot', { owner: { kind: 'service_account', id: 'bot', name: 'bot', email: null } }),
        aKey('k_off', { isActive: false }),
      ],
      invites: [],
    }
  })
})
afterEach(() => bench.close())

const subjects = async (reviewId: string, query = '') =>
  (await bench.items(reviewId, query)).map(({ subject }) => subject.id)

describe('A review', () => {
  test.each([
    ['everyone', ['ana', 'bob', 'cyn', 'idle']],
    ['guests', ['cyn']],
    ['idle', ['idle']],
    ['owners', ['ana', 'bob']],
    ['keys', ['k_admin', 'k_ana', 'k_bot']],
  ])('of %s freezes these', async (population, expected) => {
    const review = await bench.created({ population })
    expect((await subjects(review.id)).toSorted()).toEqual(expected)
    expect(review).toMatchObject({
      population,
      state: 'open',
      incomplete: [],
      createdBy: { subject: REVIEWER.sub, email: REVIEWER.email },
      createdAt: '2026-11-24T12:00:00.000Z',
      keptUntil: null,
      progress: { items: expected.length, decided: 0, outcomes: null },
    })
  })

  test('has the evidence that lists show, and keeps it when the organization changes', async () => {
    const { id } = await bench.created()
    const before = await bench.items(id)
    const user = (await bench.request('GET', `/integrations/${bench.id}/users/ana`)).body as Record<string, unknown>
    const fields = ['email', 'name', 'role', 'accountStatus', 'seat', 'license', 'lastActiveOn', 'requests', 'cost']
    const ana = before.find(({ subject }) => subject.id === 'ana')
    expect(ana?.evidence).toMatchObject(Object.fromEntries(fields.map((field) => [field, user[field]])))
    expect(ana).toMatchObject({
      kind: 'member',
      integrationId: bench.id,
      integrationName: 'Acme',
      evidence: { keys: 2, syncedAt: '2026-11-24T12:00:00.000Z', change: null, department: null },
      decision: null,
      outcome: null,
    })
    bench.organization(KEY).people = [listed('ana'), listed('zoe')]
    bench.advance(3_600_000)
    await bench.scheduledSync(bench.id)
    expect(await bench.items(id)).toEqual(before)
    await bench.request('DELETE', `/integrations/${bench.id}`)
    await bench.drain()
    expect(await bench.items(id)).toEqual(before)
  })

  test('has the department and manager of the roster', async () => {
    const raw = 'email,department,manager\nANA@acme.example,Research,Zoe\n'
    await bench.request('PUT', '/roster', { raw, headers: { 'content-type': 'text/csv' } })
    const { id } = await bench.created({ population: 'owners' })
    const facts = (await bench.items(id)).map((item) => item.kind === 'member' && item.evidence.department)
    expect(facts).toEqual(['Research', null])
  })

  test('of chosen organizations holds these alone', async () => {
    bench.organization(OTHER_KEY).people = [listed('zoe', { role: 'owner' })]
    const other = await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
    const ofOne = await bench.created({ integrationIds: [other] })
    expect(ofOne.integrations).toEqual([{ id: other, name: 'Labs', provider: 'openai' }])
    expect(await subjects(ofOne.id)).toEqual(['zoe'])
    const ofAll = await bench.created()
    expect(await subjects(ofAll.id)).toHaveLength(5)
    expect(await subjects(ofAll.id, `?integrationId=${other}`)).toEqual(['zoe'])
  })

  test('of an unknown integration is refused, as is one of nobody', async () => {
    expect(await bench.create({ integrationIds: [bench.id, '01KAVJ2Q8ZC4T0M6W3X5Y7R9NB'] })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
    bench.organization(OTHER_KEY).people = [listed('zoe', { role: 'owner' })]
    const other = await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
    const nobody = await bench.create({ population: 'guests', integrationIds: [other] })
    expect([nobody.status, fieldsOf(nobody.body)]).toEqual([400, ['population']])
    expect((await bench.send('GET', '/reviews')).body).toEqual({ items: [], nextCursor: null })
  })

  test('that an organization would make too large is refused', async () => {
    await bench.publish(
      bench.id,
      Array.from({ length: 10_001 }, (_, index) => aPerson({ userId: `user-${index}` })),
      [],
    )
    const answer = await bench.create()
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, ['integrationIds']])
  })
})

test('Stale data is refused unless it is accepted, and the review then says so', async () => {
  bench.advance(24 * 3_600_000)
  const refused = await bench.create()
  expect(refused).toMatchObject({ status: 409, body: { code: 'data_incomplete' } })
  expect(JSON.stringify(refused.body)).toMatch(/directory is stale.*usage is stale/)
  const review = await bench.created({ acceptIncomplete: true })
  expect(review.incomplete).toEqual([
    { integrationId: bench.id, integrationName: 'Acme', dataSet: 'directory', state: 'stale' },
    { integrationId: bench.id, integrationName: 'Acme', dataSet: 'usage', state: 'stale' },
  ])
  expect((await bench.evidence(review.id)).evidence.incomplete).toEqual(review.incomplete)
})

test('A review of keys needs the keys, and one of members does not', async () => {
  bench.organization(OTHER_KEY).people = [listed('zoe', { role: 'owner' })]
  const refuse = async () => {
    throw new ProviderError('insufficient_permissions', 'keys')
  }
  bench.organization(OTHER_KEY).lists['keys'] = { check: refuse, read: refuse }
  const other = await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
  expect(await bench.create({ population: 'keys', integrationIds: [other] })).toMatchObject({
    status: 409,
    body: { errors: [{ message: '“Labs”: keys is not_permitted' }] },
  })
  const review = await bench.created({ integrationIds: [other] })
  expect((await bench.items(review.id))[0]?.evidence).toMatchObject({ keys: null })
})

describe('Decisions', () => {
  test('are made in bulk and one by one, and the last one on an item stands', async () => {
    const { id } = await bench.created()
    const all = await bench.items(id)
    const ids = all.map((item) => item.id)
    const bulk = await bench.decide(id, 'keep', [...ids, ...ids])
    expect(bulk).toMatchObject({
      status: 200,
      body: {
        decision: { value: 'keep', note: 'Because.', by: { email: REVIEWER.email }, at: '2026-11-24T12:00:00.000Z' },
        review: { progress: { items: 4, decided: 4, byDecision: { keep: 4, remove: 0, exception: 0 } } },
      },
    })
    bench.advance(1_000)
    await bench.decide(id, 'exception', ids.slice(0, 1), ADMIN)
    expect((await bench.items(id)).map(({ decision }) => [decision?.value, decision?.by.email])).toEqual([
      ['exception', ADMIN.email],
      ...ids.slice(1).map(() => ['keep', REVIEWER.email]),
    ])
    expect((await bench.review(id)).progress.byDecision).toEqual({ keep: 3, remove: 0, exception: 1 })
  })

  test('of unknown items refuse the whole call, and name them', async () => {
    const { id } = await bench.created()
    const [first] = await bench.items(id)
    const answer = await bench.decide(id, 'keep', [first?.id ?? '', 'unknown', 'none'])
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, ['itemIds.1', 'itemIds.2']])
    expect((await bench.review(id)).progress.decided).toBe(0)
  })

  test('on one’s own access refuse the whole call, however the address is written', async () => {
    const own = { ...REVIEWER, email: ' ANA@ACME.example ' }
    for (const population of ['everyone', 'keys']) {
      const { id } = await bench.created({ population })
      const items = await bench.items(id)
      const answer = await bench.decide(
        id,
        'keep',
        items.map((item) => item.id),
        own,
      )
      const places = items.flatMap((item, place) => (/ana|k_admin/.test(item.subject.id) ? [`itemIds.${place}`] : []))
      expect(answer).toMatchObject({ status: 409, body: { code: 'own_access' } })
      expect(fieldsOf(answer.body)).toEqual(places)
      expect((await bench.review(id)).progress.decided).toBe(0)
      const others = items.filter((_, place) => !places.includes(`itemIds.${place}`)).map((item) => item.id)
      expect((await bench.decide(id, 'keep', others, own)).status).toBe(200)
    }
  })

  test('for an exception need a note', async () => {
    const { id } = await bench.created()
    const [first] = await bench.items(id)
    for (const note of [undefined, null, ' ']) {
      const json = { itemIds: [first?.id], decision: 'exception', note }
      const answer = await bench.send('POST', `/reviews/${id}/decisions`, json)
      expect([answer.status, fieldsOf(answer.body)]).toEqual([400, ['note']])
    }
  })
})

test('A viewer reads and changes nothing, and somebody without an address works on no review', async () => {
  const { id } = await bench.created()
  const [first] = await bench.items(id)
  const { email: _none, ...script } = REVIEWER
  const writes = [
    (claims: Record<string, string>) => bench.create({}, claims),
    (claims: Record<string, string>) => bench.decide(id, 'keep', [first?.id ?? ''], claims),
    (claims: Record<string, string>) => bench.complete(id, claims),
  ]
  for (const write of writes) {
    expect(await write(VIEWER)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    const refused = await write(script)
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(JSON.stringify(refused.body)).toContain('your token names none')
  }
  expect((await bench.send('DELETE', `/reviews/${id}`, undefined, VIEWER)).status).toBe(403)
  for (const path of ['', `/${id}`, `/${id}/items`, `/${id}/evidence`]) {
    expect((await bench.send('GET', `/reviews${path}`, undefined, VIEWER)).status).toBe(200)
  }
  expect((await bench.send('GET', '/signing-key', undefined, VIEWER)).status).toBe(200)
})
