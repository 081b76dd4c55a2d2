import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createApiHandler } from '../../functions/api/http/handler-factory.ts'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { keys } from '../../shared/storage/table.ts'
import { listed } from '../sync/sync-bench.ts'
import { type ApiBench, KEY, type SavedBench, startApiBench } from '../api/api-bench.ts'
import { call } from '../api/call.ts'
import { dyingProcess } from '../api/dying-process.ts'
import { expectProven } from '../api/expect-proven.ts'
import { reviewCalls } from '../api/reviews-bench.ts'
import { anOutcome } from '../reviews/an-outcome.ts'
import { everyItem } from '../api/stored-items.ts'
import { recordFigures } from './figures.ts'

/*
 * The process of a call dies before each of its writes in turn. Then either the call is repeated, or the hourly clean-up runs. What was
 * begun is complete or undone, nothing is left over, and what is completed proves itself.
 */

/** More than one batch of writes. */
const PEOPLE = 60
const WRITES_AT_MOST = 60
/** Removals of an earlier review that were not done, and that this one does not repeat. */
const WITHDRAWN = 9
const HOUR_MS = 3_600_000
const figures = { killed: 0 }
afterAll(() => recordFigures('killed-reviews', figures))

type Calls = ReturnType<typeof reviewCalls>

interface Stage {
  readonly bench: ApiBench
  readonly calls: Calls
  readonly reviewId: string
  readonly itemIds: readonly string[]
}

let open: { readonly saved: SavedBench } & Pick<Stage, 'reviewId' | 'itemIds'>
beforeAll(async () => {
  const bench = await startApiBench({ windowDays: 2 })
  bench.organization(KEY).people = Array.from({ length: PEOPLE }, (_, index) => listed(`user-${index}`))
  await bench.connected()
  const calls = reviewCalls(bench.request)
  const { id } = await calls.created()
  const items = await calls.items(id, '?limit=1000')
  const itemIds = items.map((item) => item.id)
  const kept = items.slice(30, 30 + WITHDRAWN)
  await bench.dependencies.outcomes.putPending(
    kept.map((item) =>
      anOutcome({ integrationId: item.integrationId, itemId: item.id, decidedAt: '2026-01-01T00:00:00.000Z' }),
    ),
  )
  await calls.decide(id, 'keep', itemIds)
  await calls.decide(id, 'remove', itemIds.slice(0, 30))
  open = { saved: await bench.save(), reviewId: id, itemIds }
  await bench.close()
})

/** Dies before each write of a call in turn, each time from the same state. Gives the number of writes. */
async function killedAtEveryWrite(
  act: (calls: Calls, stage: Stage) => Promise<unknown>,
  then: (stage: Stage) => Promise<void>,
): Promise<number> {
  for (let writes = 0; writes < WRITES_AT_MOST; writes += 1) {
    const bench = await startApiBench({ from: open.saved, windowDays: 2 })
    try {
      const stage = { bench, calls: reviewCalls(bench.request), ...open }
      const { dependencies, died } = dyingProcess(bench, writes)
      const handler = createApiHandler(dependencies)
      await act(
        reviewCalls((method, target, sent) => call(handler, method, `/v1${target}`, sent)),
        stage,
      )
      await then(stage)
      if (!died()) return writes
      figures.killed += 1
    } finally {
      await bench.close()
    }
  }
  throw new Error('It never came through.')
}

async function someHours({ bench }: Stage): Promise<void> {
  for (let hour = 0; hour < 3; hour += 1) {
    bench.advance(HOUR_MS)
    await cleanUp(bench.dependencies)
  }
}

async function withdrawnIn({ bench }: Stage): Promise<number> {
  const outcomes = await bench.dependencies.outcomes.listOutcomes()
  return outcomes.filter(({ state }) => state === 'withdrawn').length
}

async function expectWhole({ calls }: Stage, reviewId: string): Promise<void> {
  const file = await calls.evidence(reviewId)
  const { publicKey } = (await calls.send('GET', '/signing-key')).body as { publicKey: string }
  expectProven(file, publicKey)
  const removed = file.decisions.items.filter(({ value }) => value === 'remove').map(({ itemId }) => itemId)
  expect(file.outcomes.map(({ itemId }) => itemId)).toEqual(removed)
  expect(file.review.progress.byDecision).toEqual({
    keep: PEOPLE - removed.length,
    remove: removed.length,
    exception: 0,
  })
}

/** The ids of all reviews of which anything is in the table. Audit events, which survive them, are left out. */
async function reviewsIn({ bench }: Stage): Promise<string[]> {
  const found = new Set<string>()
  for await (const { pk, sk } of everyItem(bench.table)) {
    const [, id] = /^REVIEW(?:_DECISIONS)?#(.+)$/.exec(String(pk === keys.reviews ? sk : pk)) ?? []
    if (id !== undefined) found.add(id)
  }
  return [...found]
}

const idsOf = async (calls: Calls) =>
  ((await calls.send('GET', '/reviews')).body as { items: { id: string }[] }).items.map(({ id }) => id)

/** Repeating the call, or the hourly clean-up. */
const REPAIRS = ['the call is repeated', 'the clean-up runs'] as const

describe.each(REPAIRS)('Killed at every write, after which %s', (repair) => {
  const isRepeated = repair === REPAIRS[0]

  test('a creation is whole or leaves nothing', async () => {
    const writes = await killedAtEveryWrite(
      (calls) => calls.create({ name: 'New' }),
      async (stage) => {
        const { calls, reviewId } = stage
        if (isRepeated) expect((await calls.create({ name: 'Again' })).status).toBe(201)
        const shown = await idsOf(calls)
        for (const id of shown) expect(await calls.items(id, '?limit=1000')).toHaveLength(PEOPLE)
        await someHours(stage)
        expect(await idsOf(calls)).toEqual(shown)
        expect((await reviewsIn(stage)).toSorted()).toEqual(shown.toSorted())
        for (const id of shown.filter((each) => each !== reviewId)) {
          await calls.completed(id, [])
          await expectWhole(stage, id)
        }
      },
    )
    expect(writes).toBeGreaterThanOrEqual(5)
  })

  test('decisions of one call are all there or none, and can be repeated', async () => {
    const writes = await killedAtEveryWrite(
      (calls) => calls.decide(open.reviewId, 'remove', open.itemIds),
      async (stage) => {
        const { calls, reviewId, itemIds } = stage
        await someHours(stage)
        const { progress } = await calls.review(reviewId)
        expect(progress.decided).toBe(PEOPLE)
        expect([30, PEOPLE]).toContain(progress.byDecision.remove)
        if (isRepeated) {
          expect((await calls.decide(reviewId, 'remove', itemIds)).status).toBe(200)
          expect((await calls.review(reviewId)).progress.byDecision.remove).toBe(PEOPLE)
        }
        expect((await calls.complete(reviewId)).status).toBe(200)
        await expectWhole(stage, reviewId)
      },
    )
    expect(writes).toBeGreaterThanOrEqual(4)
  })

  test('a completion is finished, unless it had not begun', async () => {
    const writes = await killedAtEveryWrite(
      (calls) => calls.complete(open.reviewId),
      async (stage) => {
        const { calls, reviewId } = stage
        const before = await calls.review(reviewId)
        if (before.state !== 'completed') expect(before).toMatchObject({ signature: null, completedAt: null })
        if (isRepeated) expect([200, 409]).toContain((await calls.complete(reviewId)).status)
        else await someHours(stage)
        const after = await calls.review(reviewId)
        expect(after.state).toBe(before.state === 'open' && !isRepeated ? 'open' : 'completed')
        if (after.state === 'completed') await expectWhole(stage, reviewId)
        expect(await withdrawnIn(stage)).toBe(after.state === 'completed' ? WITHDRAWN : 0)
      },
    )
    expect(writes).toBeGreaterThanOrEqual(44)
  })

  test('a deletion leaves the whole review or nothing', async () => {
    const writes = await killedAtEveryWrite(
      (calls) => calls.send('DELETE', `/reviews/${open.reviewId}`),
      async (stage) => {
        const { calls, reviewId } = stage
        const isThere = (await idsOf(calls)).length > 0
        if (isThere) expect((await calls.review(reviewId)).progress.decided).toBe(PEOPLE)
        if (isRepeated) expect((await calls.send('DELETE', `/reviews/${reviewId}`)).status).toBe(204)
        await someHours(stage)
        expect(await reviewsIn(stage)).toEqual(isThere && !isRepeated ? [reviewId] : [])
      },
    )
    expect(writes).toBeGreaterThanOrEqual(5)
  })
})
