import { afterAll, expect, test } from '@jest/globals'
import { ADMIN, REVIEWER } from '../api/api-event.ts'
import { expectProven } from '../api/expect-proven.ts'
import { randomFrom, startSeed } from '../histories/seed.ts'
import { recordFigures } from './figures.ts'
import { type RaceBench, startRaceBench } from './race-bench.ts'

const RACES = 25

const seed = startSeed('reviews-at-once')
const figures: Record<string, number> = { races: 0 }
let suites = 0
afterAll(() => recordFigures('reviews-at-once', figures))

interface Stage {
  readonly bench: RaceBench
  readonly reviewId: string
  readonly itemIds: readonly string[]
}

/** Runs a race about a review, in which everything is decided, on a table of its own in many drawn orders. */
function raced(title: string, race: (stage: Stage) => Promise<void>): void {
  const suite = (suites += 1)
  test(title, async () => {
    for (let draw = 0; draw < RACES; draw += 1) {
      const bench = await startRaceBench(randomFrom(seed, suite, draw))
      try {
        await bench.connectedOnce()
        const { id } = await bench.reviews.created()
        const itemIds = (await bench.reviews.items(id)).map((item) => item.id)
        await bench.reviews.decide(id, 'keep', itemIds)
        await race({ bench, reviewId: id, itemIds })
        figures['races'] = (figures['races'] ?? 0) + 1
      } finally {
        await bench.close()
      }
    }
  })
}

function count(what: string): void {
  figures[what] = (figures[what] ?? 0) + 1
}

async function provenDecisions({ bench, reviewId }: Stage) {
  const file = await bench.reviews.evidence(reviewId)
  const { publicKey } = (await bench.reviews.send('GET', '/signing-key')).body as { publicKey: string }
  expectProven(file, publicKey)
  const removed = file.decisions.items.filter(({ value }) => value === 'remove').map(({ itemId }) => itemId)
  expect(file.outcomes.map(({ itemId }) => itemId).toSorted()).toEqual(removed.toSorted())
  return new Map(file.decisions.items.map((decision) => [decision.itemId, decision]))
}

raced('Of two reviewers who decide on an item at once, one stands whole', async ({ bench, reviewId, itemIds }) => {
  const { decide, items } = bench.reviews
  const answers = await bench.atOnce([
    () => decide(reviewId, 'remove', itemIds, ADMIN),
    () => decide(reviewId, 'exception', itemIds, REVIEWER),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  for (const { decision } of await items(reviewId)) {
    expect([`remove ${ADMIN.email}`, `exception ${REVIEWER.email}`]).toContain(
      `${decision?.value} ${decision?.by.email}`,
    )
  }
})

raced('Decisions of two reviewers while a third completes count if they are acknowledged', async (stage) => {
  const { bench, reviewId, itemIds } = stage
  const { decide, complete } = bench.reviews
  const [first = '', second = ''] = itemIds
  const [removal, exception, completion] = await bench.atOnce([
    () => decide(reviewId, 'remove', [first], ADMIN),
    () => decide(reviewId, 'exception', [second], REVIEWER),
    () => complete(reviewId),
  ])
  expect(completion?.status).toBe(200)
  const decided = await provenDecisions(stage)
  if (removal?.status === 200) expect(decided.get(first)?.value).toBe('remove')
  if (exception?.status === 200) expect(decided.get(second)?.value).toBe('exception')
  count(`decisions acknowledged: ${[removal, exception].filter((answer) => answer?.status === 200).length}`)
})

raced('A review that is completed twice at once, while somebody decides, is completed once', async (stage) => {
  const { bench, reviewId, itemIds } = stage
  const { decide, complete } = bench.reviews
  const [decision, ...completions] = await bench.atOnce([
    () => decide(reviewId, 'remove', itemIds.slice(0, 1), ADMIN),
    () => complete(reviewId),
    () => complete(reviewId),
  ])
  const completed = completions.filter(({ status }) => status === 200)
  for (const { status } of completions) expect([200, 409]).toContain(status)
  expect(completed.length).toBeGreaterThan(0)
  const decided = await provenDecisions(stage)
  if (decision?.status === 200) expect(decided.get(itemIds[0] ?? '')?.value).toBe('remove')
  const { signature } = await bench.reviews.review(reviewId)
  for (const { body } of completed) expect(body).toMatchObject({ signature })
  count(`completions answered: ${completed.length}`)
})

raced('A review that is deleted, completed and decided on at once is completed whole, or gone', async (stage) => {
  const { bench, reviewId, itemIds } = stage
  const { decide, complete, send } = bench.reviews
  const [deletion, completion] = await bench.atOnce([
    () => send('DELETE', `/reviews/${reviewId}`),
    () => complete(reviewId),
    () => decide(reviewId, 'remove', itemIds, ADMIN),
  ])
  await bench.someHours()
  const isGone = (await send('GET', `/reviews/${reviewId}`)).status === 404
  // The decisions can be gone already when it looks for undecided items: then it says so.
  expect(isGone ? [204] : [409]).toContain(deletion?.status)
  expect(isGone ? [404, 409] : [200]).toContain(completion?.status)
  count(isGone ? 'deleted' : 'completed')
  if (!isGone) {
    await provenDecisions(stage)
    return
  }
  const { reviews, outcomes } = bench.dependencies
  expect([await reviews.listReviews(), await outcomes.listOutcomes()]).toEqual([[], []])
  for (const pk of [`REVIEW#${reviewId}`, `REVIEW_DECISIONS#${reviewId}`]) {
    for await (const item of bench.table.queryAll(pk)) throw new Error(`${pk} ${String(item['sk'])} is left.`)
  }
})

raced('Reviews that are created at once do not meet', async ({ bench }) => {
  const { created, items } = bench.reviews
  const both = await bench.atOnce([() => created(), () => created({ population: 'owners' })])
  const sizes = await Promise.all(both.map(async ({ id }) => (await items(id)).length))
  expect(sizes).toEqual([3, 1])
})
