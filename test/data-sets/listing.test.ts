import { expect, test } from '@jest/globals'
import type { Integration } from '../../shared/integrations/integration.ts'
import { judgeListing } from '../../shared/data-sets/directory/listing.ts'
import { aPerson } from '../builders.ts'

const FIRST = new Date('2026-11-24T12:00:00.000Z')
const MINUTE_MS = 60_000
const STORED = Array.from({ length: 30 }, (_, index) => aPerson({ userId: `user-${index + 10}` }))

function judge(listed: typeof STORED, minutes: number, implausible: Integration['implausible']) {
  const now = new Date(FIRST.getTime() + minutes * MINUTE_MS)
  return judgeListing({ stored: STORED, listed, implausible, now })
}

/** What a listing with too few people leaves noted. */
function refused(listed: typeof STORED, minutes = 0, implausible: Integration['implausible'] = null) {
  const judged = judge(listed, minutes, implausible)
  if (judged.verdict !== 'implausible') throw new Error(`It was ${judged.verdict}.`)
  return judged.mark
}

test('A listing with too few people is believed when the same people are missing ten minutes later, not a moment earlier', () => {
  const few = STORED.slice(0, 14)
  const mark = refused(few)
  expect(judge(few, 10 - 1 / MINUTE_MS, mark).verdict).toBe('implausible')
  expect(judge(few.toReversed(), 10, mark)).toEqual({ verdict: 'plausible' })
})

test('Looking again in between does not put it off', () => {
  const few = STORED.slice(0, 14)
  const again = refused(few, 9, refused(few))
  expect(judge(few, 10, again)).toEqual({ verdict: 'plausible' })
})

test('A refused listing confirms no other one: its ten minutes begin when it is first seen', () => {
  const mark = refused(STORED.slice(0, 10))
  const others = STORED.slice(20)
  expect(judge(others, 60, mark).verdict).toBe('implausible')
  const markOfOthers = refused(others, 60, mark)
  expect(judge(others, 69, markOfOthers).verdict).toBe('implausible')
  expect(judge(others, 70, markOfOthers)).toEqual({ verdict: 'plausible' })
})

test('An empty listing is never believed, and confirms none', () => {
  expect(judge([], 60, refused([])).verdict).toBe('implausible')
  expect(judge(STORED.slice(0, 10), 60, refused([])).verdict).toBe('implausible')
})
