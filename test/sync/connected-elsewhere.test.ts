import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type FirstSyncs, OLDER, REFUSED, startFirstSyncs, YOUNGER } from './first-syncs.ts'

/*
 * “…and by a first sync before it publishes (two connected at once): it then fails with that code, action required.” All their
 * interleavings: `test/faults/first-syncs-at-once.test.ts`.
 */

let syncs: FirstSyncs
beforeEach(async () => {
  syncs = await startFirstSyncs()
})
afterEach(() => syncs.bench.close())

test('Of two sequential first syncs the first one publishes, whichever was connected first', async () => {
  await syncs.sync(YOUNGER)
  await syncs.sync(OLDER)
  expect(await syncs.outcomes()).toEqual([REFUSED, 'published'])
})

test('Of two concurrent first syncs the one connected first publishes', async () => {
  const [older, younger] = [syncs.stepping(OLDER), syncs.stepping(YOUNGER)]
  while (!older.hasEnded() || !younger.hasEnded()) {
    await older.step()
    await younger.step()
  }
  expect(await syncs.outcomes()).toEqual(['published', REFUSED])
})

test('Of two concurrent first syncs the one connected later publishes if the other, which saw it running, ends it too late', async () => {
  const [older, younger] = [syncs.stepping(OLDER), syncs.stepping(YOUNGER)]
  for (const turn of 'yyyooooyyoyooyyyyyyy') await (turn === 'o' ? older : younger).step()
  while (!older.hasEnded()) await older.step()
  expect(await syncs.outcomes()).toEqual([REFUSED, 'published'])
})

test('A first sync ended by an older one may still have late writes, and a retry fails before it writes', async () => {
  const younger = syncs.stepping(YOUNGER)
  const older = syncs.stepping(OLDER)
  const writes = async () => (await syncs.bench.dependencies.integrations.getIntegration(YOUNGER)).record !== null
  while (!(await writes())) await younger.step()
  await younger.step()
  await younger.step()
  while (!older.hasEnded()) await older.step()
  expect(await syncs.bench.dependencies.integrations.getIntegration(YOUNGER)).toMatchObject({
    lateWritesUntil: '2026-11-24T10:30:00.000Z',
    problem: { code: REFUSED, connectedAs: 'Older' },
    lease: null,
  })
  while (!younger.hasEnded()) await younger.step()
  expect(await younger.ended).toBe('superseded')

  syncs.bench.advance(3_600_000)
  expect(await syncs.sync(YOUNGER)).toBe('failed')
  const { lastSync } = await syncs.bench.dependencies.integrations.getIntegration(YOUNGER)
  expect(lastSync).toMatchObject({
    problem: { code: REFUSED },
    dataSets: { directory: { written: 0 }, usage: { written: 0 } },
  })
})

test('Later syncs are not compared with other organizations, even if one was published meanwhile', async () => {
  await syncs.sync(OLDER)
  const { integrations } = syncs.bench.dependencies
  const { published } = await integrations.getIntegration(OLDER)
  await integrations.updateIntegration(YOUNGER, (current) => ({ ...current, published }))
  syncs.bench.advance(3_600_000)
  expect(await syncs.sync(OLDER)).toBe('succeeded')
})
