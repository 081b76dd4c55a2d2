import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Integration } from '../../shared/integrations/integration.ts'
import { judgeListing } from '../../shared/data-sets/directory/listing.ts'
import { aPerson } from '../builders.ts'

/*
 * “A listing with nobody, or in which at least 10 and more than half of the stored people are missing, fails the sync; a
 * sync at least 10 minutes later in which the same people are missing is believed, newcomers or not, if of the others fewer
 * than 10 or at most half are missing; an empty one never.”
 */

const FIRST = new Date('2026-11-24T12:00:00.000Z')
const TEN_MINUTES_MS = 600_000

/** People by their numbers. */
function people(...numbers: number[]) {
  return numbers.map((number) => aPerson({ userId: `user-${number}` }))
}

function from(first: number, to: number): number[] {
  return Array.from({ length: to - first }, (_, index) => first + index)
}

const FORTY = people(...from(0, 40))

/** Finds listings one after the other, each so many ms after the first; gives each verdict, until one is taken over. */
function verdicts(stored: typeof FORTY, ...listings: [afterMs: number, listed: typeof FORTY][]): string[] {
  let implausible: Integration['implausible'] = null
  return listings.map(([afterMs, listed]) => {
    const judged = judgeListing({ stored, listed, implausible, now: new Date(FIRST.getTime() + afterMs) })
    if (judged.verdict === 'implausible') implausible = judged.mark
    return judged.verdict
  })
}

describe('After a mass departure', () => {
  const left = people(...from(0, 15))

  test('the same people missing again are believed 10 minutes later, not a millisecond earlier', () => {
    expect(verdicts(FORTY, [0, left], [TEN_MINUTES_MS - 1, left], [TEN_MINUTES_MS, left])).toEqual([
      'implausible',
      'implausible',
      'plausible',
    ])
  })

  test.each([
    ['one newcomer', people(...from(0, 15), 99)],
    ['more newcomers than were ever stored', people(...from(0, 15), ...from(100, 200))],
    ['a few of the others gone as well', people(...from(0, 6))],
    ['those who stayed in another order', people(...from(0, 15).toReversed())],
  ])('they are believed with %s', (_title, later) => {
    expect(verdicts(FORTY, [0, left], [TEN_MINUTES_MS, later])).toEqual(['implausible', 'plausible'])
  })

  test('newcomers who come and go in between put nothing off', () => {
    const withOne = people(...from(0, 15), 98)
    const withOther = people(...from(0, 15), 99)
    expect(verdicts(FORTY, [0, withOne], [300_000, withOther], [TEN_MINUTES_MS, left])).toEqual([
      'implausible',
      'implausible',
      'plausible',
    ])
  })

  test('when one of them is back, the ten minutes begin again with those who are missing now', () => {
    const oneBack = people(...from(0, 16))
    expect(
      verdicts(
        FORTY,
        [0, left],
        [TEN_MINUTES_MS, oneBack],
        [2 * TEN_MINUTES_MS - 1, oneBack],
        [2 * TEN_MINUTES_MS, oneBack],
      ),
    ).toEqual(['implausible', 'implausible', 'implausible', 'plausible'])
  })

  test.each([
    [15, 5, 'implausible'],
    [15, 6, 'plausible'],
    [20, 10, 'plausible'],
    [20, 9, 'implausible'],
  ] as const)('after a further one, in which of %i others %i remain, the listing is %s', (others, stayed, verdict) => {
    const stored = people(...from(0, others), ...from(1_000, 1_030))
    const first = people(...from(0, others))
    const further = people(...from(0, stayed))
    expect(verdicts(stored, [0, first], [TEN_MINUTES_MS, further])).toEqual(['implausible', verdict])
    expect(verdicts(stored, [0, first], [TEN_MINUTES_MS, further], [2 * TEN_MINUTES_MS, further]).at(-1)).toBe(
      'plausible',
    )
  })

  test('an empty listing is never believed, and forgets nothing', () => {
    expect(verdicts(FORTY, [0, []], [TEN_MINUTES_MS, []], [2 * TEN_MINUTES_MS, left])).toEqual([
      'implausible',
      'implausible',
      'implausible',
    ])
    expect(verdicts(FORTY, [0, left], [300_000, []], [TEN_MINUTES_MS, left]).at(-1)).toBe('plausible')
  })

  test('a listing without anybody stored is another organization’s, however long they have been missing', () => {
    expect(verdicts(FORTY, [0, left], [TEN_MINUTES_MS, people(99)]).at(-1)).toBe('different_organization')
  })

  test('people who were removed before count in nothing', () => {
    const removed = people(...from(500, 600)).map((person) => ({ ...person, removedAt: '2026-11-01T00:00:00.000Z' }))
    const stored = [...removed.slice(0, 50), ...FORTY, ...removed.slice(50)]
    expect(verdicts(stored, [0, left], [TEN_MINUTES_MS, left])).toEqual(['implausible', 'plausible'])
  })
})

test('A listing with the same people missing ten minutes later is accepted, independent of who joins', () => {
  const size = fc.integer({ min: 21, max: 300 })
  fc.assert(
    fc.property(size, fc.infiniteStream(fc.boolean()), fc.nat({ max: 50 }), (count, stays, newcomers) => {
      const stored = people(...from(0, count))
      const listed = stored.filter(
        (_, index) => index === 0 || (index > Math.floor(count / 2) + 1 && stays.next().value),
      )
      const later = [...listed, ...people(...from(1_000, 1_000 + newcomers))]
      expect(verdicts(stored, [0, listed], [TEN_MINUTES_MS, later])).toEqual(['implausible', 'plausible'])
    }),
  )
})
