import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { SavedBench } from '../api/api-bench.ts'
import { type OrganizationBench, startOrganizationBench } from '../histories/organization-bench.ts'
import { person } from './evidence-bench.ts'

/* Kinds of usage from the simulated organization over HTTP to the answers. */

const NOW = new Date('2026-11-24T12:00:00.000Z')
const HOUR_MS = 3_600_000

let bench: OrganizationBench
let id: string
/** After the first sync, from which each test continues. */
let saved: SavedBench
beforeAll(async () => {
  await start()
  ;({ id } = await bench.connect())
  await bench.api.drain()
  saved = await bench.api.save()
  await bench.close()
})
beforeEach(() => start(saved))
afterEach(() => bench.close())

async function start(from?: SavedBench): Promise<void> {
  bench = await startOrganizationBench({ now: NOW, ...(from && { from }) })
  bench.show({ people: [person('ona', 'owner'), person('emb'), person('idle')], usage: USAGE, otherUsage: OTHERS })
}

const TOKENS = { inputTokens: 10, cachedInputTokens: 1, outputTokens: 2 }
const USAGE = [{ day: '2026-11-23', userId: 'ona', model: 'gpt-5', requests: 4, ...TOKENS }]
const EMBEDDINGS = { day: '2026-11-22', userId: 'emb', kind: 'embeddings', model: 'small', requests: 7, quantity: 0 }
const IMAGES = { day: '2026-11-20', userId: 'ona', kind: 'images', model: 'gpt-image-1', requests: 1, quantity: 3 }
const OTHERS = [EMBEDDINGS, IMAGES]

const get = async (path: string) => (await bench.api.request('GET', `/integrations/${id}${path}`)).body

async function syncLater(): Promise<void> {
  bench.clock.now = new Date(bench.clock.now.getTime() + HOUR_MS)
  await bench.api.scheduledSync(id)
}

test('Somebody with embeddings alone is in use, by that source, and in no list of idle people', async () => {
  expect(await get('/users/emb')).toMatchObject({
    license: 'in_use',
    lastActiveOn: '2026-11-22',
    lastActivitySource: 'other_usage',
    requests: 0,
    otherRequests: 7,
  })
  expect(await get('/users?idleDays=30')).toMatchObject({ items: [{ id: 'idle', license: 'unused' }] })
})

test('Use without requests is use, and is counted as no requests', async () => {
  const own = { day: '2026-11-20', requests: 0 }
  const images = { ...own, userId: 'emb', kind: 'images', model: 'gpt-image-1', quantity: 3 }
  const decisions = { ...own, userId: 'idle', kind: 'decisions', model: 'gpt-5', quantity: 70 }
  const stored = { ...own, day: '2026-11-22', userId: null, kind: 'vector_stores', model: null, quantity: 900 }
  const people = [person('ona', 'owner'), person('emb'), person('idle'), person('none')]
  bench.show({ people, usage: [], otherUsage: [images, decisions, stored] })
  await syncLater()
  const used = { license: 'in_use', lastActiveOn: '2026-11-20', lastActivitySource: 'other_usage', otherRequests: 0 }
  expect(await get('/users/emb')).toMatchObject(used)
  expect(await get('/users/idle')).toMatchObject(used)
  expect(await get('/users/none')).toMatchObject({ license: 'unused', lastActiveOn: null })
  expect(await get('/users/idle/usage')).toMatchObject({
    items: [{ otherKinds: [{ kind: 'decisions', requests: 0, quantity: null, unit: null }] }],
  })
  expect(await get('/usage?groupBy=kind')).toMatchObject({
    items: [
      { kind: 'decisions', requests: 0 },
      { kind: 'images', requests: 0 },
      { kind: 'vector_stores', requests: 0 },
    ],
    total: { requests: 0 },
  })
})

test('A sync of 60 days asks for each kind twice', async () => {
  bench.openAi.requests.length = 0
  await syncLater()
  const kinds = bench.openAi.requests.map(({ path }) => path).filter((path) => path.includes('/usage/'))
  expect(kinds).toHaveLength(22)
  expect(new Set(kinds).size).toBe(11)
})

test.each([
  [404, 'data_set_unavailable'],
  [403, 'insufficient_permissions'],
])(
  'A kind that answers %d is missing by itself, costs nobody a sync, is named, and keeps its last reading',
  async (status, code) => {
    bench.openAi.set({ kindsRefused: { images: status } })
    await syncLater()
    const missing = [{ part: 'images', code, rowsAsOf: NOW.toISOString() }]
    expect(await get('')).toMatchObject({
      state: 'connected',
      problem: null,
      lastSync: {
        state: 'succeeded',
        dataSets: [{}, {}, { id: 'other_usage', outcome: 'unchanged', problem: null }, {}],
      },
      dataSets: [{}, {}, { id: 'other_usage', state: 'current', problem: null, missing }, {}, {}, {}, {}],
    })
    expect(await get('/usage?groupBy=kind')).toMatchObject({
      items: [
        { kind: 'embeddings', requests: 7 },
        { kind: 'completions', requests: 4 },
        { kind: 'images', requests: 1 },
      ],
    })
    bench.openAi.set({ kindsRefused: {} })
    await syncLater()
    expect(await get('')).toMatchObject({ dataSets: [{}, {}, { missing: [] }, {}, {}, {}, {}] })
    expect(await get('/usage?kind=images')).toMatchObject({ total: { quantity: 3 } })
  },
)

test('A kind that fails otherwise fails the data set, which keeps its last reading, and never the sync', async () => {
  bench.openAi.set({ kindsRefused: { moderations: 500 } })
  bench.show({ people: [person('ona', 'owner'), person('emb')], usage: USAGE, otherUsage: [IMAGES] })
  await syncLater()
  expect(await get('')).toMatchObject({
    lastSync: { state: 'succeeded', removedUsers: 1, dataSets: [{}, {}, { outcome: 'failed' }, {}] },
    dataSets: [{}, {}, { state: 'failed', problem: { code: 'provider_unreachable' } }, {}, {}, {}, {}],
  })
  expect(await get('/users/emb')).toMatchObject({ otherRequests: 7, license: 'in_use' })
})

test('Without any kind, it is unavailable, and the organization is connected all the same', async () => {
  const every = ['embeddings', 'moderations', 'images', 'audio_speeches', 'audio_transcriptions', 'file_search_calls']
  const others = ['web_search_calls', 'vector_stores', 'code_interpreter_sessions', 'decisions']
  bench.openAi.set({ kindsRefused: Object.fromEntries([...every, ...others].map((kind) => [kind, 404])) })
  await syncLater()
  expect(await get('')).toMatchObject({
    state: 'connected',
    lastSync: { state: 'succeeded' },
    dataSets: [{}, {}, { state: 'unavailable', problem: { code: 'data_set_unavailable' } }, {}, {}, {}, {}],
  })
})

test('A day that a kind leaves out is not believed when its requests are known, and is when those of another kind are', async () => {
  bench.openAi.set({ emptyDaysOmitted: true })
  await syncLater()
  expect(await get('')).toMatchObject({ dataSets: [{}, {}, { state: 'current' }, {}, {}, {}, {}] })
  bench.show({ people: [person('ona', 'owner')], usage: USAGE, otherUsage: [IMAGES] })
  await syncLater()
  expect(await get('')).toMatchObject({
    dataSets: [{}, {}, { state: 'failed', problem: { code: 'unexpected_reply' } }, {}, {}, {}, {}],
  })
  expect(await get('/usage?kind=embeddings')).toMatchObject({ total: { requests: 7 } })
})

test('Switched off, it is no evidence, and the answers say what was read', async () => {
  Object.assign(bench.api.dependencies, { optionalDataSets: [] })
  await syncLater()
  expect(await get('/users/emb')).toMatchObject({ license: 'unused', lastActivitySource: null, otherRequests: 0 })
  expect(await get('/users')).toMatchObject({ sources: ['usage'] })
})
