import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { ProviderError } from '../../shared/domain/problem.ts'
import { aKey, owner, PROJECT } from '../data-sets/keys/a-key.ts'
import { type KeysBench, startKeysBench } from './keys-bench.ts'

let bench: KeysBench
beforeEach(async () => {
  bench = await startKeysBench()
})
afterEach(() => bench.close())

const idsOf = async (query = '') => (await bench.keysOf(query)).items.map((key) => key.id)

test('A key is shown with its owner as the directory has them', async () => {
  await bench.connectWith(aKey('key_1', { expiresAt: '2027-01-01T00:00:00.000Z' }))
  expect((await bench.get('/keys')).body).toEqual({
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

test('The clock alone changes neither status nor findings; the next sync does, though it found the same', async () => {
  await bench.connectWith(
    aKey('key_1', { expiresAt: '2026-11-24T12:30:00.000Z', createdAt: '2020-01-01T00:00:00.000Z' }),
  )
  bench.advance(3_600_000)
  expect((await bench.keysOf()).items[0]?.status).toBe('active')
  await bench.scheduledSync(bench.id())
  const { body } = await bench.get('')
  expect(JSON.stringify(body)).toContain('"id":"keys","outcome":"unchanged"')
  expect((await bench.keysOf()).items[0]?.status).toBe('expired')
})

describe('Keys', () => {
  beforeEach(() =>
    bench.connectWith(
      aKey('a', { name: 'José’s job', owner: owner('bob'), createdAt: '2026-11-03T00:00:00.000Z' }),
      aKey('b', { name: 'Build', owner: null, lastUsedOn: null, createdAt: '2026-11-02T00:00:00.000Z' }),
      aKey('c', { kind: 'admin', name: 'Álpha', project: null, isActive: false }),
      aKey('d', { name: null, expiresAt: '2026-11-01T00:00:00.000Z' }),
    ),
  )

  test.each([
    ['', ['b', 'c', 'a', 'd']],
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
    ['?sort=findings', ['b', 'c', 'a', 'd']],
    ['?sort=-findings', ['a', 'c', 'd', 'b']],
    ['?sort=name', ['c', 'b', 'a', 'd']],
    ['?sort=-createdAt', ['a', 'b', 'c', 'd']],
    ['?sort=lastUsedOn', ['a', 'c', 'd', 'b']],
    ['?sort=-expiresAt', ['d', 'a', 'b', 'c']],
    ['?status=active&q=build', ['b']],
  ])('by %j are %j', async (query, expected) => {
    expect(await idsOf(query)).toEqual(expected)
  })

  test('come in pages, whose cursors belong to their query', async () => {
    const first = await bench.keysOf('?limit=3')
    expect(first).toMatchObject({ total: 4, items: [{ id: 'b' }, { id: 'c' }, { id: 'a' }] })
    const cursor = encodeURIComponent(first.nextCursor ?? '')
    expect(await bench.keysOf(`?limit=3&cursor=${cursor}`)).toMatchObject({ nextCursor: null, items: [{ id: 'd' }] })
    expect((await bench.get(`/keys?sort=createdAt&cursor=${cursor}`)).status).toBe(400)
  })

  test('refuse unknown parameters and values', async () => {
    for (const query of ['?page=2', '?kind=secret', '?finding=old', '?sort=hint']) {
      expect([query, (await bench.get(`/keys${query}`)).status]).toEqual([query, 400])
    }
  })

  test('are CSV with the same filters', async () => {
    const { text, headers } = await bench.get('/keys?format=csv&ownerId=bob')
    expect(headers['content-disposition']).toBe(`attachment; filename="rollcall-keys-${bench.id()}.csv"`)
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
        keysAsOf: '2026-11-24T12:00:00.000Z',
      },
    ])
  })
})

describe('Keys that could not be read', () => {
  test('at all, ever, are answered with 409 and the state', async () => {
    bench.provider.found = new ProviderError('insufficient_permissions', 'keys')
    await bench.connect()
    for (const path of ['/keys', '/keys?format=csv']) {
      expect(await bench.get(path)).toMatchObject({
        status: 409,
        body: { code: 'data_set_not_read', detail: expect.stringContaining('not_permitted') },
      })
    }
    expect((await bench.get('')).body).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
  })

  test('of one project stay as they were, and the answer names it with the time of its keys', async () => {
    const other = { id: 'proj_2', name: 'Support' }
    await bench.connectWith(aKey('a'), aKey('b', { project: other }))
    const unread = { kind: 'unread', project: other, code: 'unexpected_reply', readAt: null } as const
    bench.provider.found = { items: [aKey('c'), unread], isComplete: false }
    for (let syncs = 0; syncs < 2; syncs += 1) {
      bench.advance(3_600_000)
      await bench.scheduledSync(bench.id())
    }
    const answer = await bench.keysOf()
    expect(answer.items.map((key) => key.id)).toEqual(['b', 'c'])
    expect(answer.notRead).toEqual([{ project: other, code: 'unexpected_reply', keysAsOf: '2026-11-24T12:00:00.000Z' }])
    const detail = expect.stringMatching(/^In the data set “keys”, “Support” could not be read\. .* is still shown/)
    const problem = { code: 'partly_read', detail }
    expect((await bench.get('')).body).toMatchObject({
      state: 'connected',
      problem: null,
      dataSets: [{}, {}, {}, {}, { id: 'keys', state: 'current', problem }, {}, {}],
      lastSync: { state: 'succeeded', dataSets: [{}, {}, {}, {}, { id: 'keys', outcome: 'unchanged', problem }, {}] },
    })
  })

  test('are rows of their projects in the CSV, also with filters, and each key has the time of its reading', async () => {
    const [support, research] = [
      { id: 'proj_2', name: 'Support' },
      { id: 'proj_3', name: 'Research' },
    ]
    await bench.connectWith(aKey('a'), aKey('b', { project: support }))
    const unread = (project: typeof support | null) =>
      ({ kind: 'unread', project, code: 'unexpected_reply', readAt: null }) as const
    bench.provider.found = { items: [aKey('c'), unread(support), unread(research), unread(null)], isComplete: false }
    await bench.syncLater()
    const rowsOf = async (query: string) => {
      const { text } = await bench.get(`/keys?format=csv${query}`)
      const rows: Record<string, string>[] = parse(text, { columns: true })
      return rows.map(({ id, kind, projectName, status, keysAsOf }) => [id, kind, projectName, status, keysAsOf])
    }
    const [before, now] = ['2026-11-24T12:00:00.000Z', '2026-11-24T13:00:00.000Z']
    const notRead = [
      ['', '', 'Support', 'not_read', before],
      ['', '', 'Research', 'not_read', ''],
      ['', 'admin', '', 'not_read', ''],
    ]
    expect(await rowsOf('')).toEqual([
      ['b', 'project', 'Support', 'active', before],
      ['c', 'project', 'Search', 'active', now],
      ...notRead,
    ])
    expect(await rowsOf('&finding=any')).toEqual(notRead)
  })

  test('are named from the first sync to the next one that reads them: three projects, with the others counted', async () => {
    const unread = Array.from({ length: 12 }, (_, index) => {
      const project = { id: `proj_${index}`, name: index === 1 ? null : `${'Long '.repeat(12)}${index}` }
      return { kind: 'unread', project, code: 'provider_unreachable', readAt: null } as const
    })
    bench.provider.found = { items: [aKey('a'), ...unread], isComplete: false }
    await bench.connect()
    const long = `“${'Long '.repeat(8)}…”`
    const detail = `In the data set “keys”, ${long}, “proj_1”, ${long}, and 9 more could not be read. What earlier syncs read of that is still shown, if anything; the list says of which time.`
    const problem = { code: 'partly_read', detail }
    expect((await bench.get('')).body).toMatchObject({
      dataSets: [{}, {}, {}, {}, { id: 'keys', problem }, {}, {}],
      lastSync: { dataSets: [{}, {}, {}, {}, { id: 'keys', problem }, {}] },
    })
    await bench.request('POST', `/integrations/${bench.id()}/syncs`)
    expect((await bench.get('')).body).toMatchObject({
      dataSets: [{}, {}, {}, {}, { problem }, {}, {}],
      lastSync: { state: 'queued', dataSets: [] },
    })
    bench.provider.found = { items: [aKey('a')], isComplete: true }
    await bench.drain()
    expect(JSON.stringify((await bench.get('')).body)).not.toContain('could not be read')
  })
})
