import { expect, test } from '@jest/globals'
import { ApiProblemError, NoAnswerError } from '../../dashboard/src/api/api-error.ts'
import {
  type Decision,
  DecisionQueue,
  isClosed,
  type SavedDecision,
} from '../../dashboard/src/pages/review/decision-queue.ts'
import type { ApiProblemCode } from '../../shared/contracts/problem-contract.ts'
import { waitUntil } from '../watchdog.ts'

const KEEP: Decision = { value: 'keep', note: null }
const REMOVE: Decision = { value: 'remove', note: null }

function refusal(code: ApiProblemCode, status = 409, places: readonly number[] = []): ApiProblemError {
  const errors = places.map((place) => ({ field: `itemIds.${place}`, message: 'is your own access' }))
  const detail = `Refused: ${code}.`
  return new ApiProblemError({ type: 'about:blank', title: 'Refused', status, detail, code, errors })
}

function acknowledged({ value, note }: Decision): SavedDecision {
  return { value, note, by: { subject: 'me', email: 'me@acme.example' }, at: '2026-11-24T12:00:00.000Z' }
}

/** A queue whose calls are answered by a function, after those before were. */
function queueOver(answer: (itemIds: readonly string[], decision: Decision) => void | Promise<void>) {
  const calls: string[] = []
  const waits: number[] = []
  const queue = new DecisionQueue({
    send: async (itemIds, decision) => {
      calls.push(`${decision.value} ${itemIds.length > 4 ? itemIds.length : itemIds.join()}`)
      await answer(itemIds, decision)
      return acknowledged(decision)
    },
    wait: async (ms) => waits.push(ms),
  })
  const end = () => waitUntil('the queue to be empty', () => queue.state().pending.size === 0)
  return { queue, calls, waits, end }
}

/** An answer that comes when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { answer: () => promise, release: resolve }
}

test('A decision is pending until the API has acknowledged it', async () => {
  const { answer, release } = held()
  const { queue, end } = queueOver(answer)
  queue.decide(['a'], KEEP)
  expect([queue.state().pending.get('a'), queue.state().saved.size]).toEqual([KEEP, 0])
  release()
  await end()
  expect(queue.state().saved.get('a')).toEqual(acknowledged(KEEP))
})

test('Calls follow one another; what waits and is the same goes in one call', async () => {
  const { answer, release } = held()
  const { queue, calls, end } = queueOver(answer)
  queue.decide(['a'], KEEP)
  queue.decide(['b'], REMOVE)
  queue.decide(['c'], KEEP)
  queue.decide(['d'], REMOVE)
  expect(calls).toEqual(['keep a'])
  release()
  await end()
  expect(calls).toEqual(['keep a', 'remove b,d', 'keep c'])
})

test('The last decision on an item stands, also while an earlier one is being sent', async () => {
  const { answer, release } = held()
  const { queue, calls, end } = queueOver(answer)
  queue.decide(['a'], KEEP)
  queue.decide(['a'], { value: 'exception', note: 'Needed.' })
  queue.decide(['a'], REMOVE)
  release()
  await end()
  expect(calls).toEqual(['keep a', 'remove a'])
  expect(queue.state().saved.get('a')?.value).toBe('remove')
})

test('One call has at most 1,000 items', async () => {
  const { queue, calls, end } = queueOver(() => {})
  queue.decide(
    Array.from({ length: 2_500 }, (_, place) => String(place)),
    KEEP,
  )
  await end()
  expect(calls).toEqual(['keep 1000', 'keep 1000', 'keep 500'])
  expect(queue.state().saved.size).toBe(2_500)
})

test('Without an answer, and after an error of the server, the same call is tried again', async () => {
  let failures = 2
  const { queue, calls, waits, end } = queueOver(() => {
    failures -= 1
    if (failures === 1) throw new NoAnswerError('Offline.')
    if (failures === 0) throw refusal('internal_error', 500)
  })
  queue.decide(['a'], KEEP)
  await end()
  expect([calls, waits]).toEqual([
    ['keep a', 'keep a', 'keep a'],
    [1_000, 3_000],
  ])
  expect([queue.state().saved.has('a'), queue.state().isRetrying]).toEqual([true, false])
})

test('A decision that cannot be saved is given back with the reason, and others go on', async () => {
  const { queue, calls, end } = queueOver((itemIds) => {
    if (itemIds.includes('a')) throw new NoAnswerError('Offline.')
  })
  queue.decide(['a'], KEEP)
  queue.decide(['b'], REMOVE)
  await end()
  expect(calls).toHaveLength(5)
  expect([queue.state().saved.has('a'), queue.state().saved.has('b')]).toEqual([false, true])
  const [only] = queue.state().refusals
  expect(only).toMatchObject({ itemIds: ['a'], decision: KEEP, error: { message: 'Offline.' } })
  if (only !== undefined) queue.dismiss(only)
  expect(queue.state().refusals).toEqual([])
})

test('Of many items, only the reviewer’s own access is refused', async () => {
  const { queue, calls, end } = queueOver((itemIds) => {
    const place = itemIds.indexOf('own')
    if (place !== -1) throw refusal('own_access', 409, [place])
  })
  queue.decide(['a', 'b', 'own', 'c', 'd'], REMOVE)
  await end()
  expect(calls).toEqual(['remove 5', 'remove a,b,c,d'])
  expect([...queue.state().saved.keys()].toSorted()).toEqual(['a', 'b', 'c', 'd'])
  expect(queue.state().refusals.map(({ itemIds }) => itemIds)).toEqual([['own']])
  expect([...queue.state().ownAccess]).toEqual(['own'])
})

test('A review that was completed meanwhile takes none of what waits', async () => {
  const { queue, end } = queueOver(() => {
    throw refusal('review_completed')
  })
  queue.decide(['a'], KEEP)
  queue.decide(['b'], REMOVE)
  await end()
  expect(queue.state().saved.size).toBe(0)
  expect(queue.state().refusals.map((each) => [each.itemIds, isClosed(each)])).toEqual([
    [['a'], true],
    [['b'], true],
  ])
})
