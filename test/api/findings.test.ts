import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findingListSchema, findingSchema, type WireFinding } from '../../shared/contracts/findings-contract.ts'
import { peopleSchema, personSchema } from '../../shared/contracts/people-contract.ts'
import { ProviderError } from '../../shared/domain/problem.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { VIEWER } from './api-event.ts'
import { KEY, OTHER_KEY } from './api-bench.ts'
import { fieldsOf } from './call.ts'
import { type KeysBench, startKeysBench } from './keys-bench.ts'

let bench: KeysBench
beforeEach(async () => {
  bench = await startKeysBench()
  bench.organization(KEY).people = [
    listed('ana', { role: 'owner' }),
    listed('bob', { role: 'owner', email: 'bob@agency.example' }),
    listed('idle'),
  ]
  bench.organization(KEY).rows = [used('ana', '2026-11-24', 5), used('bob', '2026-11-24', 5)]
  await bench.connectWith(aKey('k', { owner: owner('gone') }))
  await bench.request('PATCH', `/integrations/${bench.id()}`, { json: { companyDomains: ['acme.example'] } })
})
afterEach(() => bench.close())

const findings = async (query = '') => findingListSchema.parse((await bench.request('GET', `/findings${query}`)).body)
const inShort = ({ severity, type, subject }: WireFinding) => `${severity} ${type} ${subject.id}`
const shown = async (query = '') => (await findings(query)).items.map((finding) => inShort(finding))

test('All organizations’ findings are listed, the most severe first, each with evidence and what to do', async () => {
  bench.organization(OTHER_KEY).people = [listed('ana', { role: 'owner' }), listed('zoe')]
  bench.organization(OTHER_KEY).rows = [used('ana', '2026-11-24', 1)]
  const refuse = async () => {
    throw new ProviderError('insufficient_permissions', 'costs')
  }
  bench.organization(OTHER_KEY).series['costs'] = { check: refuse, read: refuse }
  await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
  const { items, total, notJudged, oldestSyncedAt } = await findings()
  expect(items.map((finding) => [finding.integrationName, inShort(finding)])).toEqual([
    ['Acme', 'high external_owner bob'],
    ['Acme', 'medium leaver_key k'],
    ['Acme', 'low idle_member idle'],
    ['Labs', 'low idle_member zoe'],
  ])
  expect([total, oldestSyncedAt]).toEqual([4, '2026-11-24T12:00:00.000Z'])
  expect(items[1]).toMatchObject({
    integrationId: bench.id(),
    evidence: { type: 'leaver_key', key: { owner: { id: 'gone', status: 'not_listed' } }, usedAfterRemoval: false },
    state: 'open',
    accepted: null,
  })
  expect(notJudged).toMatchObject([
    { integrationName: 'Labs', dataSet: 'costs', state: 'not_permitted', types: ['spend_spike'] },
  ])
  expect((await findings(`?integrationId=${bench.id()}`)).notJudged).toEqual([])
})

test('A finding about a member names the person over all organizations, also when it is accepted', async () => {
  bench.organization(OTHER_KEY).people = [listed('bob-2', { email: 'Bob@Agency.example' })]
  await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
  const people = peopleSchema.parse((await bench.request('GET', '/people')).body).items
  const bob = people.find(({ memberships }) => memberships.length === 2)
  const [external] = (await findings('?type=external_owner')).items
  expect(bob).toBeDefined()
  expect(external?.subject).toEqual({ kind: 'member', id: 'bob', label: expect.any(String), personId: bob?.id })
  const accepted = await bench.request('PUT', `/findings/${external?.id}/acceptance`, { json: { reason: 'Known.' } })
  expect(findingSchema.parse(accepted.body).subject.personId).toBe(bob?.id)
  const [idle] = (await findings('?type=idle_member&limit=1')).items
  const named = await bench.request('GET', `/people/${idle?.subject.personId}`)
  expect(personSchema.parse(named.body).memberships).toMatchObject([{ userId: 'idle' }])
  const [ofKey] = (await findings('?type=leaver_key')).items
  expect(ofKey?.subject.personId).toBeNull()
})

test('They are filtered by type, severity, organization and state, and come in pages', async () => {
  expect(await shown('?type=idle_member')).toEqual(['low idle_member idle'])
  expect(await shown('?severity=medium')).toEqual(['medium leaver_key k'])
  expect(await shown('?integrationId=01K0000000000000000000NONE')).toEqual([])
  // Of a member: what is about them, or about a key of theirs.
  expect(await shown('?userId=idle')).toEqual(['low idle_member idle'])
  expect(await shown('?userId=gone')).toEqual(['medium leaver_key k'])
  expect(await shown('?userId=k')).toEqual([])
  expect(await shown('?state=accepted')).toEqual([])
  const first = await findings('?limit=2')
  const rest = await findings(`?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)
  expect([...first.items, ...rest.items].map((finding) => inShort(finding))).toEqual(await shown())
  expect(rest.nextCursor).toBeNull()
  expect((await bench.request('GET', '/findings?type=removal')).status).toBe(400)
})

test('A finding disappears with its cause, and one follows from settings at once', async () => {
  bench.organization(KEY).people = bench.organization(KEY).people.filter(({ userId }) => userId !== 'idle')
  await bench.syncLater()
  expect(await shown()).toEqual(['high external_owner bob', 'medium leaver_key k'])
  const domains = { companyDomains: ['acme.example', 'agency.example'] }
  await bench.request('PATCH', `/integrations/${bench.id()}`, { json: domains })
  expect(await shown()).toEqual(['medium leaver_key k'])
  bench.provider.found = { items: [aKey('k')], isComplete: true }
  await bench.syncLater()
  expect(await shown()).toEqual([])
})

test('What time changes is found without a sync: a key that is about to expire', async () => {
  await bench.request('PATCH', `/integrations/${bench.id()}`, { json: { keyExpiresAt: '2026-12-20T00:00:00Z' } })
  expect(await shown('?type=key_expiring')).toEqual([])
  bench.advance(12 * 86_400_000)
  const [expiring] = (await findings('?type=key_expiring')).items
  expect(expiring).toMatchObject({ severity: 'medium', since: '2026-12-06' })
})

test('Somebody who leaves the company is found from the day after their last, without a sync', async () => {
  const roster = (last: string) => `email,endsOn\nANA@acme.example,\nidle@acme.example,${last}\n`
  const upload = (raw: string) => bench.request('PUT', '/roster', { raw, headers: { 'content-type': 'text/csv' } })
  expect((await upload(roster('2026-11-25'))).status).toBe(200)
  expect(await shown('?type=not_in_roster')).toEqual([])
  bench.advance(2 * 86_400_000)
  const [left] = (await findings('?type=not_in_roster')).items
  expect(left).toMatchObject({
    severity: 'high',
    since: '2026-11-26',
    evidence: { endedOn: '2026-11-25', workingKeys: 0 },
  })
  expect(await shown('?type=not_in_roster')).toEqual(['high not_in_roster idle'])
  await upload(roster(''))
  expect(await shown('?type=not_in_roster')).toEqual([])
  await upload('email\nana@acme.example\n')
  expect(await shown('?type=not_in_roster')).toEqual(['high not_in_roster idle'])
  await bench.request('DELETE', '/roster')
  expect(await shown('?type=not_in_roster')).toEqual([])
})

test('A refused key is a high finding that names the cure', async () => {
  bench.organization(KEY).failsWith = 'invalid_admin_key'
  await bench.syncLater()
  const [problem] = (await findings('?type=integration_problem')).items
  expect(problem).toMatchObject({
    severity: 'high',
    subject: { kind: 'integration', id: bench.id(), label: 'Acme' },
    evidence: { code: 'invalid_admin_key' },
    action: { url: 'https://platform.openai.com/settings/organization/admin-keys' },
  })
})

test('A viewer reads findings and may not accept them', async () => {
  const [finding] = (await findings()).items
  expect((await bench.request('GET', '/findings', { claims: VIEWER })).status).toBe(200)
  const path = `/findings/${finding?.id}/acceptance`
  const refused = await bench.request('PUT', path, { json: { reason: 'No.' }, claims: VIEWER })
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('reviewer role')])
  expect((await bench.request('DELETE', path, { claims: VIEWER })).status).toBe(403)
  expect(await shown('?state=accepted')).toEqual([])
})

test('Reasons and days that cannot be stored are refused', async () => {
  const [finding] = (await findings()).items
  const put = (json: unknown) => bench.request('PUT', `/findings/${finding?.id}/acceptance`, { json })
  const refused: [unknown, string][] = [
    [{}, 'reason'],
    [{ reason: ' ' }, 'reason'],
    [{ reason: 'x'.repeat(1_001) }, 'reason'],
    [{ reason: 'two\nlines' }, 'reason'],
    [{ reason: 'turned \u202e around' }, 'reason'],
    [{ reason: `It is ${KEY}` }, 'reason'],
    [{ reason: 'ok', until: '2026-11-23' }, 'until'],
    [{ reason: 'ok', until: '2026-02-30' }, 'until'],
    [{ reason: 'ok', severity: 'low' }, 'severity'],
  ]
  for (const [json, field] of refused) {
    const { status, body } = await put(json)
    expect([json, status, fieldsOf(body)]).toEqual([json, 400, [field]])
  }
  const { status, body } = await put({ reason: `  ${'é'.repeat(500)} `, until: '2026-11-24' })
  expect([status, findingSchema.parse(body).accepted?.reason]).toEqual([200, 'é'.repeat(500)])
})
