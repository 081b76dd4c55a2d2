import { afterEach, describe, expect, test } from '@jest/globals'
import { OTHER_KIND_NAMES } from '../../shared/data-sets/other-usage/kinds.ts'
import { type EvidenceBench, startConnectedBench, startEvidenceBench } from './evidence-bench.ts'

/* Each source of use, read and not read: what becomes of the licenses, and what the answers say about it. */

let bench: EvidenceBench
afterEach(() => bench.close())

/** Not connected yet. */
async function start(): Promise<void> {
  bench = await startEvidenceBench()
}

async function startConnected(): Promise<void> {
  bench = await startConnectedBench()
}

const IDLE = 'unused  '
const ALL = {
  ona: 'in_use 2026-11-23 usage',
  ima: 'in_use 2026-11-20 other_usage',
  kay: 'in_use 2026-11-18 api_key',
  dee: 'in_use 2026-11-19 api_key',
  ida: IDLE,
  sources: ['usage', 'other_usage', 'keys'],
}

function switchOn(...optionalDataSets: readonly string[]): void {
  Object.assign(bench.api.dependencies, { optionalDataSets })
}

test('With all sources, everybody’s use is known from their own', async () => {
  await startConnected()
  expect(await bench.evidence()).toEqual(ALL)
})

describe('Switched off,', () => {
  test('other usage is no evidence: who only makes images has no known use in the sources', async () => {
    await start()
    switchOn('keys')
    await bench.connect()
    expect(await bench.evidence()).toEqual({ ...ALL, ima: IDLE, sources: ['usage', 'keys'] })
    expect(await bench.dataSet('other_usage')).toMatchObject({ state: 'never_read', problem: null, syncedAt: null })
  })

  test('keys are no evidence, but the last use that the directory states is', async () => {
    await start()
    switchOn('other_usage')
    await bench.connect()
    expect(await bench.evidence()).toEqual({ ...ALL, kay: IDLE, sources: ['usage', 'other_usage'] })
    expect(await bench.dataSet('keys')).toMatchObject({ state: 'never_read', problem: null, syncedAt: null })
  })

  test('both leave usage alone, without which nothing is known of anybody', async () => {
    await start()
    switchOn()
    await bench.connect()
    const known = { ...ALL, ima: IDLE, kay: IDLE, sources: ['usage'] }
    expect(await bench.evidence()).toEqual(known)
    bench.openAi.company.replaceUsage([])
    await bench.syncLater()
    const nothing = 'no_data  '
    expect(await bench.evidence()).toEqual({ ...known, ona: nothing, ima: nothing, kay: nothing, ida: nothing })
  })

  test('a source that was read before is evidence no more, and switched on again it is', async () => {
    await startConnected()
    switchOn()
    await bench.syncLater()
    expect(await bench.evidence()).toEqual({ ...ALL, ima: IDLE, kay: IDLE, sources: ['usage'] })
    switchOn('other_usage', 'keys')
    await bench.syncLater()
    expect(await bench.evidence()).toEqual(ALL)
  })
})

describe('A kind of usage that is refused', () => {
  test('for lack of permission, and was never read, takes other usage from the sources', async () => {
    await start()
    bench.openAi.set({ kindsRefused: { images: 403 } })
    await bench.connect()
    expect(await bench.evidence()).toEqual({ ...ALL, ima: IDLE, sources: ['usage', 'keys'] })
    expect(await bench.dataSet('other_usage')).toMatchObject({
      state: 'current',
      missing: [{ part: 'images', code: 'insufficient_permissions', rowsAsOf: null }],
    })
  })

  test('and was never read, is answered so, and not with zero', async () => {
    await start()
    bench.openAi.set({ kindsRefused: { images: 403, moderations: 404 } })
    await bench.connect()
    const answerTo = async (kind: string) => bench.api.request('GET', `/integrations/${bench.id()}/usage?kind=${kind}`)
    for (const [kind, state] of [
      ['images', 'not_permitted'],
      ['moderations', 'unavailable'],
    ] as const) {
      const { status, body } = await answerTo(kind)
      expect([status, body]).toMatchObject([409, { code: 'data_set_not_read' }])
      expect(JSON.stringify(body)).toContain(state)
    }
    expect((await answerTo('embeddings')).status).toBe(200)
  })

  test('together with all others is no source, on the day of the last reading, too', async () => {
    await startConnected()
    bench.openAi.set({ kindsRefused: Object.fromEntries(OTHER_KIND_NAMES.map((kind) => [kind, 403])) })
    await bench.syncLater()
    expect(await bench.dataSet('other_usage')).toMatchObject({ state: 'not_permitted', to: '2026-11-24' })
    expect(await bench.evidence()).toEqual({ ...ALL, sources: ['usage', 'keys'] })
  })

  test('because the organization never had it does not', async () => {
    await start()
    bench.openAi.set({ kindsRefused: { moderations: 404 } })
    await bench.connect()
    expect(await bench.evidence()).toEqual(ALL)
    expect(await bench.dataSet('other_usage')).toMatchObject({
      state: 'current',
      missing: [{ part: 'moderations', code: 'data_set_unavailable', rowsAsOf: null }],
    })
  })

  test.each([
    [404, 'data_set_unavailable'],
    [403, 'insufficient_permissions'],
  ])('with %d after it was read stays evidence of use, and is none of idleness', async (status, code) => {
    await startConnected()
    bench.openAi.set({ kindsRefused: { images: status } })
    await bench.syncLater()
    expect(await bench.evidence()).toEqual({ ...ALL, sources: ['usage', 'keys'] })
    expect(await bench.get('/licenses')).toMatchObject({
      sources: ['usage', 'keys'],
      licenses: { inUse: 4, unused: 1 },
    })
    expect(await bench.dataSet('other_usage')).toMatchObject({
      state: 'current',
      missing: [{ part: 'images', code, rowsAsOf: '2026-11-24T12:00:00.000Z' }],
    })
  })
})

test('Other usage that could not be read since the window moved is evidence of use, and none of idleness', async () => {
  await startConnected()
  bench.openAi.set({ kindsRefused: { images: 500 } })
  await bench.syncLater(24)
  expect(await bench.evidence()).toEqual({ ...ALL, sources: ['usage', 'keys'] })
  expect(await bench.dataSet('other_usage')).toMatchObject({ state: 'failed', to: '2026-11-24' })
})

describe('A project whose keys cannot be read', () => {
  test('from the first time on takes keys from the sources', async () => {
    await start()
    bench.openAi.set({ failingProjects: { proj_1: 403 } })
    await bench.connect()
    expect(await bench.evidence()).toEqual({ ...ALL, kay: IDLE, sources: ['usage', 'other_usage'] })
    expect(await bench.dataSet('keys')).toMatchObject({ state: 'current', problem: { code: 'partly_read' } })
  })

  test('after they were read, too, although its keys stay evidence of use', async () => {
    await startConnected()
    bench.openAi.set({ failingProjects: { proj_1: 403 } })
    await bench.syncLater()
    expect(await bench.evidence()).toEqual({ ...ALL, sources: ['usage', 'other_usage'] })
    bench.openAi.set({ failingProjects: {} })
    await bench.syncLater()
    expect(await bench.evidence()).toEqual(ALL)
  })
})
