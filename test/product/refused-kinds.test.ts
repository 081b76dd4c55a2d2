import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { everyItem } from '../api/stored-items.ts'
import { EMBEDDINGS, type EvidenceBench, IMAGES, startConnectedBench, startEvidenceBench } from './evidence-bench.ts'

/* Usage of other kinds is whole by kind: one that is refused keeps the rows of its last reading, within the window. */

/** Connected already. */
let bench: EvidenceBench
beforeEach(async () => {
  bench = await startConnectedBench()
})
afterEach(() => bench.close())

const DAY_HOURS = 24
const FIRST = '2026-11-24T12:00:00.000Z'

const refuse = (kindsRefused: Readonly<Record<string, number>>) => bench.openAi.set({ kindsRefused })
const ima = () => bench.get('/users/ima')
const missing = async () => (await bench.dataSet('other_usage'))?.['missing']
const newestSync = async () => (await bench.api.dependencies.integrations.getIntegration(bench.id())).lastSync
const generation = async () =>
  (await bench.api.dependencies.integrations.getIntegration(bench.id())).published?.dataSets['other_usage']?.generation

/** The items of other usage in the record, by day and person. */
async function recorded(): Promise<string[]> {
  const found: string[] = []
  for await (const { pk, sk } of everyItem(bench.api.table)) {
    if (String(pk).startsWith('OTHER_USAGE#')) found.push(`${String(pk).slice(-10)} ${String(sk)}`)
  }
  return found.toSorted()
}

describe('A kind that is refused after it was read', () => {
  beforeEach(() => refuse({ images: 403 }))

  test('keeps its rows in every answer, with the time of their reading', async () => {
    await bench.syncLater()
    expect(await missing()).toEqual([{ part: 'images', code: 'insufficient_permissions', rowsAsOf: FIRST }])
    expect(await bench.get('/usage?kind=images')).toMatchObject({ total: { requests: 1, quantity: 3 } })
    expect(await bench.get('/usage?groupBy=kind')).toMatchObject({ total: { requests: 12 } })
    expect(await ima()).toMatchObject({ otherRequests: 1, license: 'in_use' })
    await bench.syncLater()
    expect(await missing()).toMatchObject([{ rowsAsOf: FIRST }])
  })

  test('costs nobody a sync and writes nothing while the rest is unchanged', async () => {
    const before = await generation()
    for (const _ of [1, 2]) {
      await bench.syncLater()
      expect(await newestSync()).toMatchObject({
        state: 'succeeded',
        problem: null,
        dataSets: { other_usage: { unchanged: true, written: 0, rows: 1, problem: null } },
      })
      expect(await generation()).toBe(before)
    }
    expect(await recorded()).toEqual(['2026-11-20 USER#ima', '2026-11-22 USER#ona'])
  })

  test('does not keep other kinds as they were', async () => {
    bench.openAi.company.replaceUsage([], [{ ...EMBEDDINGS, day: '2026-11-24', requests: 9 }])
    await bench.syncLater()
    expect(await newestSync()).toMatchObject({ dataSets: { other_usage: { unchanged: false, written: 2 } } })
    expect(await bench.get('/usage?groupBy=kind')).toMatchObject({
      items: [
        { kind: 'embeddings', requests: 9 },
        { kind: 'images', requests: 1 },
      ],
    })
    expect(await recorded()).toEqual(['2026-11-20 USER#ima', '2026-11-24 USER#ona'])
  })

  test('loses its rows as the window moves, and counts as never read once all days of its reading have left', async () => {
    await bench.syncLater(25 * DAY_HOURS)
    expect(await ima()).toMatchObject({ license: 'in_use', lastActiveOn: '2026-11-20' })
    await bench.syncLater(DAY_HOURS)
    expect(await ima()).toMatchObject({ otherRequests: 0, license: 'unused', lastActiveOn: null })
    expect(await missing()).toMatchObject([{ rowsAsOf: FIRST }])
    expect(await recorded()).toEqual(['2026-11-22 USER#ona'])
    await bench.syncLater(4 * DAY_HOURS)
    expect(await missing()).toEqual([{ part: 'images', code: 'insufficient_permissions', rowsAsOf: null }])
  })

  test('is read again once it may be, with what was revised meanwhile', async () => {
    await bench.syncLater()
    refuse({})
    bench.openAi.company.replaceUsage([], [EMBEDDINGS, { ...IMAGES, day: '2026-11-21', quantity: 5 }])
    await bench.syncLater()
    expect(await missing()).toEqual([])
    expect(await bench.get('/usage?kind=images')).toMatchObject({ items: [{ day: '2026-11-21', quantity: 5 }] })
    expect(await recorded()).toEqual(['2026-11-21 USER#ima', '2026-11-22 USER#ona'])
  })

  test('stays as it was while all kinds fail, and after that', async () => {
    await bench.syncLater()
    refuse({ images: 403, moderations: 500 })
    await bench.syncLater()
    refuse({ images: 403 })
    await bench.syncLater(DAY_HOURS)
    expect(await missing()).toMatchObject([{ part: 'images', rowsAsOf: FIRST }])
    expect(await ima()).toMatchObject({ otherRequests: 1 })
  })

  test('keeps them under another key of the organization that may not read it either', async () => {
    await bench.api.request('PATCH', `/integrations/${bench.id()}`, {
      json: { adminApiKey: bench.openAi.keys.nextAdmin },
    })
    await bench.api.drain()
    expect(await missing()).toMatchObject([{ part: 'images', rowsAsOf: FIRST }])
    expect(await ima()).toMatchObject({ otherRequests: 1, license: 'in_use' })
  })

  test('has the time of its own last reading, not that of the one before the refusal of another', async () => {
    await bench.syncLater()
    refuse({ images: 403, embeddings: 404 })
    await bench.syncLater()
    expect(await missing()).toEqual([
      { part: 'embeddings', code: 'data_set_unavailable', rowsAsOf: '2026-11-24T13:00:00.000Z' },
      { part: 'images', code: 'insufficient_permissions', rowsAsOf: FIRST },
    ])
  })
})

test('Snapshots of usage are only read for a sync with nothing new while a kind with rows is refused', async () => {
  const { snapshots } = bench.api.dependencies
  const readTable = jest.spyOn(snapshots, 'readTable')
  await bench.syncLater()
  expect(readTable).toHaveBeenCalledTimes(0)
  refuse({ moderations: 404 })
  await bench.syncLater()
  expect(readTable).toHaveBeenCalledTimes(0)
  refuse({ images: 403 })
  await bench.syncLater()
  expect(readTable.mock.calls.map(([, { id }]) => id)).toEqual(['other_usage'])
})

test('A kind that was never read has no rows, also when it is refused again', async () => {
  await bench.close()
  bench = await startEvidenceBench()
  refuse({ images: 404 })
  await bench.connect()
  await bench.syncLater()
  expect(await missing()).toEqual([{ part: 'images', code: 'data_set_unavailable', rowsAsOf: null }])
  expect(await bench.get('/usage?groupBy=kind')).toMatchObject({ total: { requests: 11 } })
  expect(await ima()).toMatchObject({ otherRequests: 0, license: 'unused' })
})

test('A kind that was switched off meanwhile has no rows when it is refused', async () => {
  Object.assign(bench.api.dependencies, { optionalDataSets: [] })
  await bench.syncLater()
  Object.assign(bench.api.dependencies, { optionalDataSets: ['other_usage'] })
  refuse({ images: 403 })
  await bench.syncLater()
  expect(await missing()).toMatchObject([{ rowsAsOf: null }])
  expect(await ima()).toMatchObject({ otherRequests: 0 })
})
