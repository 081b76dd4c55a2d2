import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import type { KeysItem, ListedKey } from '../../shared/data-sets/keys/keys.ts'
import { ProviderError } from '../../shared/domain/problem.ts'
import { handleMessage } from '../../functions/sync/handle-message.ts'
import { type ApiBench, startApiBench } from './api-bench.ts'

const PROJECT = { id: 'proj_1', name: 'Search' }

function aKey(id: string, overrides: Partial<ListedKey> = {}): ListedKey {
  return {
    kind: 'project',
    id,
    name: id,
    hint: 'wxyz',
    project: PROJECT,
    owner: { kind: 'user', id: 'ana', name: 'Ana', email: null },
    createdAt: '2026-11-01T00:00:00.000Z',
    lastUsedOn: '2026-11-20',
    expiresAt: null,
    isActive: true,
    ...overrides,
  }
}

const owner = (id: string, kind: 'user' | 'service_account' = 'user') => ({ kind, id, name: null, email: null })

let bench: ApiBench
let id: string
let found: { items: readonly KeysItem[]; isComplete: boolean } | Error
beforeEach(async () => {
  bench = await startApiBench()
  const read = () => {
    if (found instanceof Error) throw found
    return { ...found, rows: found.items.length }
  }
  bench.organization().lists['keys'] = { check: async () => void read(), read: async () => read() }
})
afterEach(() => bench.close())

async function connectWith(...items: readonly KeysItem[]) {
  found = { items, isComplete: true }
  id = await bench.connected()
}

const get = (path: string) => bench.request('GET', `/integrations/${id}${path}`)
const keysOf = async (query = '') => {
  const { body } = await get(`/keys${query}`)
  return body as {
    items: { id: string; findings: string[]; status: string; owner: Record<string, unknown> | null }[]
    nextCursor: string | null
    total: number
    notRead: unknown[]
  }
}
const idsOf = async (query = '') => (await keysOf(query)).items.map((key) => key.id)
const findingsOf = async () => Object.fromEntries((await keysOf()).items.map((key) => [key.id, key.findings]))

test('A key is shown with its owner as the directory has them', async () => {
  await connectWith(aKey('key_1', { expiresAt: '2027-01-01T00:00:00.000Z' }))
  expect((await get('/keys')).body).toEqual({
    items: [
      {
        id: 'key_1',
        kind: 'project',
        name: 'key_1',
        hint: 'wxyz',
        project: PROJECT,
        owner: { kind: 'user', id: 'ana', email: 'ana@acme.example', name: 'Ana', status: 'active' },
        createdAt: '2026-11-01T00:00:00.000Z',
        lastUsedOn: '2026-11-20',
        expiresAt: '2027-01-01T00:00:00.000Z',
        status: 'active',
        cost: null,
        findings: [],
      },
    ],
    nextCursor: null,
    total: 1,
    asOf: expect.objectContaining({ syncedAt: '2026-11-24T12:00:00.000Z', to: '2026-11-24' }),
    notRead: [],
  })
})

describe('A key whose owner', () => {
  test.each([
    ['is active', {}, 'active', []],
    ['is disabled', { accountStatus: 'disabled' }, 'disabled', ['leaver_key']],
    ['is banned', { accountStatus: 'banned' }, 'disabled', ['leaver_key']],
  ] as const)('%s', async (_, overrides, status, findings) => {
    const organization = bench.organization()
    organization.people = organization.people.map((person) =>
      person.userId === 'bob' ? { ...person, ...overrides } : person,
    )
    await connectWith(aKey('key_1', { owner: owner('bob') }))
    expect((await keysOf()).items[0]).toMatchObject({ owner: { status }, findings })
  })

  test('was removed, or never listed, is a leaver’s, also while it is inactive, until it expires', async () => {
    await connectWith(
      aKey('left', { owner: owner('bob') }),
      aKey('unknown', { owner: owner('nobody') }),
      aKey('inactive', { owner: owner('bob'), isActive: false }),
      aKey('expired', { owner: owner('bob'), expiresAt: '2026-11-24T12:00:00.000Z' }),
      aKey('bot', { owner: owner('svc_acct_1', 'service_account') }),
    )
    bench.organization().people = bench.organization().people.filter(({ userId }) => userId !== 'bob')
    bench.advance(3_600_000)
    await bench.scheduledSync(id)
    const { items } = await keysOf()
    expect(items.map((key) => [key.id, key.status, key.owner?.['status'], key.findings])).toEqual([
      ['bot', 'active', 'not_listed', []],
      ['expired', 'expired', 'removed', []],
      ['inactive', 'inactive', 'removed', ['leaver_key']],
      ['left', 'active', 'removed', ['leaver_key']],
      ['unknown', 'active', 'not_listed', ['leaver_key']],
    ])
  })
})

test('Findings begin on the day after their thresholds, and only active keys have those of age and owner', async () => {
  const [thirtyDays, year, window] = ['2026-10-25', '2025-11-24', '2026-09-26']
  const [before, beforeYear] = ['2026-10-24', '2025-11-23']
  const at = (day: string) => `${day}T23:59:59.000Z`
  const never = { lastUsedOn: null, expiresAt: '2027-01-01T00:00:00.000Z' }
  await connectWith(
    aKey('unowned', { owner: null }),
    aKey('unowned inactive', { owner: null, isActive: false }),
    aKey('30 days', { ...never, createdAt: at(thirtyDays) }),
    aKey('31 days', { ...never, createdAt: at(before) }),
    aKey('31 days inactive', { ...never, createdAt: at(before), isActive: false }),
    aKey('unknown age', { ...never, createdAt: null }),
    aKey('used in window', { ...never, createdAt: at(before), lastUsedOn: window }),
    aKey('used before', { ...never, createdAt: at(before), lastUsedOn: '2026-09-25' }),
    aKey('a year', { createdAt: at(year) }),
    aKey('over a year', { createdAt: at(beforeYear) }),
    aKey('over a year, expiring', { createdAt: at(beforeYear), expiresAt: '2027-01-01T00:00:00.000Z' }),
  )
  expect(await findingsOf()).toEqual({
    unowned: ['ownerless_key'],
    'unowned inactive': [],
    '30 days': [],
    '31 days': ['stale_key'],
    '31 days inactive': [],
    'unknown age': [],
    'used in window': [],
    'used before': ['stale_key'],
    'a year': [],
    'over a year': ['eternal_key'],
    'over a year, expiring': [],
  })
})

test('The clock alone changes neither status nor findings; the next sync does, though it found the same', async () => {
  await connectWith(aKey('key_1', { expiresAt: '2026-11-24T12:30:00.000Z', createdAt: '2020-01-01T00:00:00.000Z' }))
  bench.advance(3_600_000)
  expect((await keysOf()).items[0]?.status).toBe('active')
  await bench.scheduledSync(id)
  const { body } = await get('')
  expect(JSON.stringify(body)).toContain('"id":"keys","outcome":"unchanged"')
  expect((await keysOf()).items[0]?.status).toBe('expired')
})

describe('Keys', () => {
  beforeEach(() =>
    connectWith(
      aKey('a', { name: 'José’s job', owner: owner('bob'), createdAt: '2026-11-03T00:00:00.000Z' }),
      aKey('b', { name: 'Build', owner: null, lastUsedOn: null, createdAt: '2026-11-02T00:00:00.000Z' }),
      aKey('c', { kind: 'admin', name: 'Álpha', project: null, isActive: false }),
      aKey('d', { name: null, expiresAt: '2026-11-01T00:00:00.000Z' }),
    ),
  )

  test.each([
    ['', ['c', 'b', 'a', 'd']],
    ['?q=jose', ['a']],
    ['?q=bob@acme', ['a']],
    ['?q=search', ['b', 'a', 'd']],
    ['?kind=admin', ['c']],
    ['?kind=workspace', []],
    ['?status=active', ['b', 'a']],
    ['?status=inactive', ['c']],
    ['?status=expired', ['d']],
    ['?ownerId=ana', ['c', 'd']],
    ['?finding=ownerless_key', ['b']],
    ['?finding=any', ['b']],
    ['?sort=-findings', ['b', 'a', 'c', 'd']],
    ['?sort=-createdAt', ['a', 'b', 'c', 'd']],
    ['?sort=lastUsedOn', ['a', 'c', 'd', 'b']],
    ['?sort=-expiresAt', ['d', 'a', 'b', 'c']],
    ['?status=active&q=build', ['b']],
  ])('by %j are %j', async (query, expected) => {
    expect(await idsOf(query)).toEqual(expected)
  })

  test('come in pages, whose cursors belong to their query', async () => {
    const first = await keysOf('?limit=3')
    expect(first).toMatchObject({ total: 4, items: [{ id: 'c' }, { id: 'b' }, { id: 'a' }] })
    const cursor = encodeURIComponent(first.nextCursor ?? '')
    expect(await keysOf(`?limit=3&cursor=${cursor}`)).toMatchObject({ nextCursor: null, items: [{ id: 'd' }] })
    expect((await get(`/keys?sort=createdAt&cursor=${cursor}`)).status).toBe(400)
  })

  test('refuse unknown parameters and values', async () => {
    for (const query of ['?page=2', '?kind=secret', '?finding=old', '?sort=hint']) {
      expect([query, (await get(`/keys${query}`)).status]).toEqual([query, 400])
    }
  })

  test('are CSV with the same filters', async () => {
    const { text, headers } = await get('/keys?format=csv&ownerId=bob')
    expect(headers['content-disposition']).toBe(`attachment; filename="rollcall-keys-${id}.csv"`)
    expect(parse(text, { columns: true })).toEqual([
      {
        id: 'a',
        kind: 'project',
        name: 'José’s job',
        hint: 'wxyz',
        projectId: 'proj_1',
        projectName: 'Search',
        ownerKind: 'user',
        ownerId: 'bob',
        ownerEmail: 'bob@acme.example',
        ownerName: 'bob',
        ownerStatus: 'active',
        createdAt: '2026-11-03T00:00:00.000Z',
        lastUsedOn: '2026-11-20',
        expiresAt: '',
        status: 'active',
        cost: '',
        currency: '',
        findings: '',
      },
    ])
  })
})

describe('The last use of a key is evidence of its owner’s use:', () => {
  const cyn = async () => (await get('/users/cyn')).body as Record<string, unknown>

  test('who used nothing else is active, and their license in use', async () => {
    await connectWith(aKey('key_1', { owner: owner('cyn'), lastUsedOn: '2026-11-19' }))
    expect(await cyn()).toMatchObject({ license: 'in_use', lastActiveOn: '2026-11-19', lastActivitySource: 'api_key' })
    expect((await get('/licenses')).body).toMatchObject({
      sources: ['usage', 'keys'],
      licenses: { inUse: 3, unused: 0 },
    })
    expect((await get('')).body).toMatchObject({ counts: { inUse: 3, unused: 0 } })
  })

  test('except for Admin keys, one of which is Rollcall’s own', async () => {
    await connectWith(aKey('key_1', { kind: 'admin', project: null, owner: owner('cyn') }))
    expect(await cyn()).toMatchObject({ license: 'unused', lastActiveOn: null })
  })

  test('without the keys it is not known, and the sources say so', async () => {
    await connectWith(aKey('key_1', { owner: owner('cyn') }))
    const message = {
      kind: 'sync',
      integrationId: id,
      syncId: bench.dependencies.newId(),
      trigger: 'schedule',
    } as const
    bench.advance(3_600_000)
    await handleMessage(message, 1, { ...bench.dependencies, optionalDataSets: ['invites'] })
    expect(await cyn()).toMatchObject({ license: 'unused', lastActiveOn: null })
    expect((await get('/licenses')).body).toMatchObject({ sources: ['usage'] })
  })
})

describe('Keys that could not be read', () => {
  test('at all, ever, are answered with 409 and the state', async () => {
    found = new ProviderError('insufficient_permissions', 'keys')
    id = await bench.connected()
    for (const path of ['/keys', '/keys?format=csv']) {
      expect(await get(path)).toMatchObject({
        status: 409,
        body: { code: 'data_set_not_read', detail: expect.stringContaining('not_permitted') },
      })
    }
    expect((await get('')).body).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
  })

  test('of one project stay as they were, and the answer names it with the time of its keys', async () => {
    const other = { id: 'proj_2', name: 'Support' }
    await connectWith(aKey('a'), aKey('b', { project: other }))
    const unread = { kind: 'unread', project: other, code: 'unexpected_reply', readAt: null } as const
    found = { items: [aKey('c'), unread], isComplete: false }
    for (let syncs = 0; syncs < 2; syncs += 1) {
      bench.advance(3_600_000)
      await bench.scheduledSync(id)
    }
    const answer = await keysOf()
    expect(answer.items.map((key) => key.id)).toEqual(['b', 'c'])
    expect(answer.notRead).toEqual([{ project: other, code: 'unexpected_reply', keysAsOf: '2026-11-24T12:00:00.000Z' }])
    const problem = { code: 'partly_read', detail: expect.stringContaining('Parts of') }
    expect((await get('')).body).toMatchObject({
      state: 'connected',
      problem: null,
      dataSets: [{}, {}, { id: 'keys', state: 'current', problem }, {}],
      lastSync: { state: 'succeeded', dataSets: [{}, {}, { id: 'keys', outcome: 'unchanged', problem }, {}] },
    })
  })
})
