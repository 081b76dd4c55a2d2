import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createApiHandler } from '../../functions/api/http/handler-factory.ts'
import { createRepositories } from '../../shared/storage/repositories.ts'
import { listed } from '../sync/sync-bench.ts'
import { type ApiBench, KEY, type SavedBench, startApiBench } from '../api/api-bench.ts'
import { type Answer, call } from '../api/call.ts'
import { expectProven } from '../api/expect-proven.ts'
import { reviewCalls } from '../api/reviews-bench.ts'
import { recordFigures } from './figures.ts'
import { SteppedProcess } from './ordered-steps.ts'

/*
 * A decision is stored, then the review is read again, and only if it is still open is the decision confirmed and acknowledged. Meanwhile
 * another process completes the review. Each order of two of these three steps among the steps of the completion is tried: the one in the
 * middle comes right after the first or right before the last.
 */

const STEPS_AT_MOST = 60
const figures = { orders: 0, acknowledged: 0, refused: 0 }
afterAll(() => recordFigures('late-decisions', figures))

let open: { readonly saved: SavedBench; readonly reviewId: string; readonly itemIds: readonly string[] }
beforeAll(async () => {
  const bench = await startApiBench()
  bench.organization(KEY).people = [listed('ana'), listed('bob')]
  await bench.connected()
  const calls = reviewCalls(bench.request)
  const { id } = await calls.created()
  const itemIds = (await calls.items(id)).map((item) => item.id)
  await calls.decide(id, 'keep', itemIds)
  open = { saved: await bench.save(), reviewId: id, itemIds }
  await bench.close()
})

/** The calls of a process of its own, on the same table. */
function startProcess(bench: ApiBench) {
  const stepped = new SteppedProcess<Answer>(bench.table)
  const handler = createApiHandler({ ...bench.dependencies, ...createRepositories(stepped.table) })
  return { stepped, calls: reviewCalls((method, target, sent) => call(handler, method, `/v1${target}`, sent)) }
}

/** After how many steps of the completion each step of the decision comes. */
interface Order {
  readonly stored: number
  readonly checked: number
  readonly confirmed: number
}

/** True if the completion has so many steps. */
async function tryOrder({ stored, checked, confirmed }: Order): Promise<boolean> {
  const bench = await startApiBench({ from: open.saved })
  try {
    const { reviewId, itemIds } = open
    const decider = startProcess(bench)
    const completer = startProcess(bench)
    decider.stepped.start(() => decider.calls.decide(reviewId, 'remove', itemIds.slice(0, 1)))
    completer.stepped.start(() => completer.calls.complete(reviewId))
    // The first one is the audit event.
    await decider.stepped.runUntil('PutCommand')
    await decider.stepped.step()
    await decider.stepped.runUntil('PutCommand')
    let isLonger = await completer.stepped.steps(stored)
    await decider.stepped.step()
    isLonger = (await completer.stepped.steps(checked - stored)) && isLonger
    await decider.stepped.step()
    isLonger = (await completer.stepped.steps(confirmed - checked)) && isLonger
    const decided = await decider.stepped.run()
    expect((await completer.stepped.run()).status).toBe(200)
    await expectCounted(bench, decided)
    return isLonger
  } finally {
    await bench.close()
  }
}

/** What was acknowledged is in the copy, what was refused is not, and the copy is what was signed. */
async function expectCounted(bench: ApiBench, decided: Answer): Promise<void> {
  const calls = reviewCalls(bench.request)
  const file = await calls.evidence(open.reviewId)
  const { publicKey } = (await calls.send('GET', '/signing-key')).body as { publicKey: string }
  expectProven(file, publicKey)
  const value = file.decisions.items.find(({ itemId }) => itemId === open.itemIds[0])?.value
  expect(file.outcomes.map(({ itemId }) => itemId)).toEqual(value === 'remove' ? [open.itemIds[0]] : [])
  figures.orders += 1
  if (decided.status === 200) {
    figures.acknowledged += 1
    expect(value).toBe('remove')
    return
  }
  figures.refused += 1
  expect(decided.body).toMatchObject({ code: 'review_completed' })
  expect(value).toBe('keep')
}

test('In each order of its steps among those of a completion, a decision is in the copy that is signed if and only if it was acknowledged', async () => {
  for (let confirmed = 0; confirmed < STEPS_AT_MOST; confirmed += 1) {
    let isLonger = false
    for (let stored = 0; stored <= confirmed; stored += 1) {
      for (const checked of new Set([stored, confirmed])) isLonger = await tryOrder({ stored, checked, confirmed })
    }
    if (isLonger) continue
    expect(Object.values(figures).every((count) => count > 0)).toBe(true)
    return
  }
  throw new Error('The completion never ended.')
})
