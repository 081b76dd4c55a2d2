import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { OutcomeState } from '../../shared/domain/review.ts'
import type { Access } from '../../shared/reviews/access.ts'
import { nextOutcome, outcomeAfterDeletion, outcomeAfterKeeping } from '../../shared/reviews/next-outcome.ts'
import type { Outcome } from '../../shared/reviews/outcome.ts'
import { anOutcome } from './an-outcome.ts'

/** What the nth sync found. */
const foundBy = (sync: number) => ({ syncId: `sync-${sync}`, at: `2026-11-24T12:00:0${sync}.000Z` })

/** The outcome after syncs that found this, in order. */
function after(findings: readonly Access[]): Outcome {
  return findings.reduce((outcome, access, sync) => nextOutcome(outcome, access, foundBy(sync)) ?? outcome, anOutcome())
}

test.each<[string, readonly Access[], OutcomeState, number | null]>([
  ['is pending until a sync', [], 'pending', null],
  ['is pending while they have access', ['held', 'held'], 'pending', null],
  ['is pending while nothing is known', ['unknown'], 'pending', null],
  ['is done by the first sync that finds the access ended', ['held', 'ended', 'ended'], 'done', 1],
  ['stays done when nothing is known later', ['ended', 'unknown'], 'done', 0],
  ['has returned when they have access again', ['ended', 'unknown', 'held', 'held'], 'returned', 2],
  ['is done again by the sync that finds it ended again', ['ended', 'held', 'ended'], 'done', 2],
])('A removal %s', (_, findings, state, sync) => {
  expect(after(findings)).toEqual({ ...anOutcome(), state, found: sync === null ? null : foundBy(sync) })
})

test('What a sync finds changes nothing once the integration was deleted', () => {
  const unknown = anOutcome({ state: 'unknown' })
  const all: Access[] = ['held', 'ended', 'unknown']
  expect(all.filter((access) => nextOutcome(unknown, access, foundBy(1)) !== undefined)).toEqual([])
})

test('A later review that decides otherwise withdraws a removal that is not done, whatever syncs find then', () => {
  const { decidedAt } = anOutcome()
  const later = new Date(Date.parse(decidedAt) + 1).toISOString()
  const withdrawn = anOutcome({ state: 'withdrawn' })
  expect(outcomeAfterKeeping(anOutcome(), later)).toEqual(withdrawn)
  expect(outcomeAfterKeeping(anOutcome({ state: 'returned', found: foundBy(1) }), later)).toEqual(withdrawn)
  expect(outcomeAfterKeeping(anOutcome(), decidedAt)).toBeUndefined()
  for (const state of ['done', 'withdrawn', 'unknown'] as const) {
    expect(outcomeAfterKeeping(anOutcome({ state }), later)).toBeUndefined()
  }
  const all: Access[] = ['held', 'ended', 'unknown']
  expect(all.filter((access) => nextOutcome(withdrawn, access, foundBy(1)) !== undefined)).toEqual([])
})

test('With its integration, a removal that is not done becomes unknown', () => {
  const found = foundBy(1)
  expect(outcomeAfterDeletion(anOutcome())).toEqual(anOutcome({ state: 'unknown' }))
  expect(outcomeAfterDeletion(anOutcome({ state: 'returned', found }))).toEqual(anOutcome({ state: 'unknown' }))
  expect(outcomeAfterDeletion(anOutcome({ state: 'done', found }))).toBeUndefined()
  expect(outcomeAfterDeletion(anOutcome({ state: 'unknown' }))).toBeUndefined()
})

const access = fc.constantFrom<Access>('held', 'ended', 'unknown')

test('After any syncs, the last known access decides, dated by the sync since which it is so', () => {
  fc.assert(
    fc.property(fc.array(access, { maxLength: 10 }), (findings) => {
      const known = findings.flatMap((found, sync) => (found === 'unknown' ? [] : [{ found, sync }]))
      const last = known.at(-1)?.found
      const since = known.findLast(({ found }, place) => found === last && known[place - 1]?.found !== last)
      const hasEnded = known.some(({ found }) => found === 'ended')
      const state = last === 'ended' ? 'done' : hasEnded ? 'returned' : 'pending'
      const found = hasEnded && since !== undefined ? foundBy(since.sync) : null
      expect(after(findings)).toEqual({ ...anOutcome(), state, found })
    }),
  )
})

test('Judging by the same reading again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(access, { maxLength: 10 }), access, (findings, last) => {
      expect(nextOutcome(after([...findings, last]), last, foundBy(9))).toBeUndefined()
    }),
  )
})
