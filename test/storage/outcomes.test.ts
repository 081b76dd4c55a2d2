import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Outcome } from '../../shared/reviews/outcome.ts'
import { UpdateContentionError } from '../../shared/storage/errors.ts'
import { OutcomeRepository } from '../../shared/storage/outcomes.ts'
import { anOutcome } from '../reviews/an-outcome.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { startLocalTable } from './local-table.ts'

const FOUND = { syncId: 'sync-1', at: '2026-11-24T12:00:00.000Z' }
const done = (current: Outcome): Outcome => ({ ...current, state: 'done', found: FOUND })

let local: Awaited<ReturnType<typeof startLocalTable>>
let outcomes: OutcomeRepository
beforeEach(async () => {
  local = await startLocalTable()
  outcomes = new OutcomeRepository(local.table)
})
afterEach(() => local.close())

test('Outcomes are listed for all reviews, and for one integration', async () => {
  const [first, other, second] = [
    anOutcome({ integrationId: 'A', reviewId: '1' }),
    anOutcome({ integrationId: 'AB', reviewId: '1' }),
    anOutcome({ integrationId: 'A', reviewId: '2', subject: { kind: 'key', id: 'k', label: 'CI', projectId: 'p' } }),
  ]
  await outcomes.putPending([first, other, second])
  expect(await outcomes.listOutcomes()).toEqual([first, second, other].map((each) => stored(each)))
  expect(await outcomes.listOutcomesOf('A')).toEqual([first, second].map((each) => stored(each)))
  expect(await outcomes.listOutcomesOf('B')).toEqual([])
})

test('A review that is completed again stores no outcome over what a sync found', async () => {
  const [found, missing] = [anOutcome({ itemId: '1' }), anOutcome({ itemId: '2' })]
  await outcomes.putPending([found])
  await outcomes.updateOutcomes(await outcomes.listOutcomes(), done)
  await outcomes.putPending([found, missing])
  expect(await outcomes.listOutcomes()).toEqual([stored(done(found), 1), stored(missing)])
})

test('An outcome that does not change is not written', async () => {
  await outcomes.putPending([anOutcome()])
  await outcomes.updateOutcomes(
    await outcomes.listOutcomes(),
    () => undefined,
    () => {
      throw new Error('A write began.')
    },
  )
  expect(await outcomes.listOutcomes()).toEqual([stored(anOutcome())])
})

test('An outcome that was written meanwhile is read and changed again', async () => {
  await outcomes.putPending([anOutcome()])
  const read = await outcomes.listOutcomes()
  await outcomes.updateOutcomes(read, done)
  const seen: string[] = []
  await outcomes.updateOutcomes(read, (current) => {
    seen.push(current.state)
    return { ...current, state: 'returned' }
  })
  expect(seen).toEqual(['pending', 'done'])
  expect(await outcomes.listOutcomes()).toMatchObject([{ state: 'returned', revision: 2 }])
})

test('An outcome that was deleted meanwhile stays deleted', async () => {
  await outcomes.putPending([anOutcome()])
  const read = await outcomes.listOutcomes()
  await outcomes.deleteOutcomesOf(anOutcome().reviewId)
  await outcomes.updateOutcomes(read, done)
  expect(await outcomes.listOutcomes()).toEqual([])
})

test('The checkpoint runs before each attempt, and can stop it', async () => {
  await outcomes.putPending([anOutcome()])
  const read = await outcomes.listOutcomes()
  await outcomes.updateOutcomes(read, done)
  let calls = 0
  const stopped = outcomes.updateOutcomes(
    read,
    (current) => ({ ...current, state: 'returned' }),
    () => {
      calls += 1
      if (calls === 2) throw new Error('The lease is over.')
    },
  )
  await expect(stopped).rejects.toThrow('The lease is over.')
  expect(await outcomes.listOutcomes()).toMatchObject([{ state: 'done' }])
})

test('A write whose reply was lost is found to be carried out', async () => {
  let lost = false
  const table = tableThrough(local.table, async ({ input }, forward) => {
    const reply = await forward()
    if (lost || input['ConditionExpression'] !== 'revision = :revision') return reply
    lost = true
    // As the SDK does when no reply comes.
    return forward()
  })
  await outcomes.putPending([anOutcome()])
  const change = (current: Outcome) => (current.state === 'done' ? undefined : done(current))
  await new OutcomeRepository(table).updateOutcomes(await outcomes.listOutcomes(), change)
  expect(lost).toBe(true)
  expect(await outcomes.listOutcomes()).toEqual([stored(done(anOutcome()), 1)])
})

test('An outcome that changes under each of ten attempts is an error', async () => {
  const table = tableThrough(local.table, async ({ isWrite }, forward) => {
    if (isWrite) await outcomes.updateOutcomes(await outcomes.listOutcomes(), done)
    return forward()
  })
  await outcomes.putPending([anOutcome()])
  const update = new OutcomeRepository(table).updateOutcomes(await outcomes.listOutcomes(), done)
  await expect(update).rejects.toThrow(UpdateContentionError)
  expect(await outcomes.listOutcomes()).toMatchObject([{ revision: 10 }])
})

test('Deleting the outcomes of a review keeps those of others, and can be repeated', async () => {
  const kept = anOutcome({ reviewId: '2' })
  await outcomes.putPending([
    anOutcome({ reviewId: '1' }),
    anOutcome({ reviewId: '1', itemId: '2' }),
    kept,
    anOutcome({ reviewId: '1', integrationId: 'B' }),
  ])
  await outcomes.deleteOutcomesOf('1')
  await outcomes.deleteOutcomesOf('1')
  expect(await outcomes.listOutcomes()).toEqual([stored(kept)])
})

function stored(outcome: Outcome, revision = 0) {
  return { ...outcome, revision }
}
