import { describe, expect, test } from '@jest/globals'
import { addDays } from '../../shared/domain/day.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { notJudgedIn } from '../../shared/findings/not-judged.ts'
import { isOpen, type OpenOutcome, type Outcome } from '../../shared/reviews/outcome.ts'
import { aPerson, WINDOW } from '../builders.ts'
import { aKey, PROJECT } from '../data-sets/keys/a-key.ts'
import { anOutcome } from '../reviews/an-outcome.ts'
import { type Facts, foundIn, inShort, judged } from './found-in.ts'

/** A removal that a review decided so many days before the last day of the reading. */
function removal(days: number, overrides: Partial<Outcome> = {}): OpenOutcome {
  const subject = { kind: 'member', id: 'ana', label: 'Ana', projectId: null } as const
  const decidedAt = `${addDays(WINDOW.to, -days)}T23:00:00.000Z`
  const outcome = anOutcome({ itemId: 'ana', subject, decidedAt, ...overrides })
  if (!isOpen(outcome)) throw new Error('It is not open.')
  return outcome
}

function ofKey(days: number, overrides: Partial<Outcome> = {}): OpenOutcome {
  const subject = { kind: 'key', id: 'key_1', label: 'CI', projectId: PROJECT.id } as const
  return removal(days, { itemId: 'key_1', subject, ...overrides })
}

/** What is found about removals, if Ana and her key are still there. */
function found(removals: readonly OpenOutcome[], facts: Partial<Facts> = {}) {
  const all = foundIn({ people: [aPerson()], keys: [aKey('key_1')], removals, ...facts })
  return all.filter(({ evidence }) => evidence.type === 'removal_not_done')
}

test('A removal that was decided 14 days before the last reading and is not done is a high finding', () => {
  expect(found([removal(13)])).toEqual([])
  expect(inShort(found([removal(14)]))).toEqual(['high removal_not_done ana'])
  expect(inShort(found([ofKey(14)]))).toEqual(['high removal_not_done key_1'])
})

test('The number of days is a setting', () => {
  const after = (removalDays: number) => ({ thresholds: { ...DEFAULT_THRESHOLDS, removalDays } })
  expect(found([removal(7)], after(8))).toEqual([])
  expect(found([removal(7)], after(7))).toHaveLength(1)
  expect(found([removal(0)], after(0))).toHaveLength(1)
})

test('It does not depend on the clock: days end with the reading', () => {
  expect(found([removal(13)], { today: addDays(WINDOW.to, 30) })).toEqual([])
})

test('It names the review, the day of the decision and what to do', () => {
  const [pending] = found([removal(20)])
  expect(pending).toMatchObject({
    subject: { kind: 'member', id: 'ana', label: 'Ana' },
    since: addDays(WINDOW.to, -20),
    evidence: {
      type: 'removal_not_done',
      reviewId: anOutcome().reviewId,
      reviewName: anOutcome().reviewName,
      decidedAt: `${addDays(WINDOW.to, -20)}T23:00:00.000Z`,
      days: 20,
      state: 'pending',
      ownerId: null,
      person: { email: aPerson().email },
    },
    action: { text: expect.stringContaining('Remove them'), url: expect.stringContaining('openai.com') },
  })
  const [returned] = found([ofKey(20, { state: 'returned' })])
  expect(returned).toMatchObject({
    evidence: { state: 'returned', ownerId: 'ana', person: null },
    action: { text: expect.stringContaining('came back') },
  })
})

test('A service account that is still there is no person', () => {
  const [bot] = found([removal(14)], { people: [aPerson({ kind: 'service_account' })] })
  expect(bot).toMatchObject({ evidence: { person: null } })
})

test('The links lead to members, keys and Admin keys', () => {
  const admin = { keys: [aKey('key_1', { kind: 'admin', project: null })] }
  const urls = [...found([removal(14), ofKey(14)]), ...found([ofKey(14)], admin)].map(({ action }) => action.url)
  const { membersUrl, keysUrl, adminKeysUrl } = judged({}).provider
  expect(urls).toEqual([membersUrl, keysUrl, adminKeysUrl])
})

describe('There is none for access that has ended, also when the outcome is not stored yet:', () => {
  test.each([
    ['somebody disabled', { people: [aPerson({ accountStatus: 'disabled' })] }],
    ['somebody removed', { people: [aPerson({ removedAt: '2026-11-20T00:00:00.000Z' })] }],
    ['somebody not known any more', { people: [] }],
  ] as const)('%s', (_, facts) => {
    expect(found([removal(14)], facts)).toEqual([])
  })

  test.each([
    ['an inactive key', { keys: [aKey('key_1', { isActive: false })] }],
    ['an expired key', { keys: [aKey('key_1', { expiresAt: '2026-11-24T12:00:00.000Z' })] }],
    ['a key that is gone', { keys: [] }],
  ] as const)('%s', (_, facts) => {
    expect(found([ofKey(14)], facts)).toEqual([])
  })
})

test('Keys that were not read are not judged', () => {
  const types = (removals: readonly OpenOutcome[]) =>
    notJudgedIn(judged({ keys: null, removals }), { roster: null }).flatMap((each) => each.types)
  expect(found([ofKey(14)], { keys: null })).toEqual([])
  expect(types([ofKey(14)])).toContain('removal_not_done')
  expect(types([removal(14)])).not.toContain('removal_not_done')
})

test('Of several reviews that decided the same, the newest counts whose time is over', () => {
  const reviews = [removal(10, { reviewId: 'C' }), removal(100, { reviewId: 'A' }), removal(40, { reviewId: 'B' })]
  expect(found(reviews)).toMatchObject([{ evidence: { reviewId: 'B', days: 40 } }])
})

test('Each review has a finding of its own, so an acceptance ends with the next review', () => {
  const ids = [removal(20, { reviewId: 'A' }), removal(20, { reviewId: 'B' })].flatMap((one) =>
    found([one]).map(({ id }) => id),
  )
  expect(new Set(ids).size).toBe(2)
  expect(found([removal(30, { reviewId: 'A' })]).map(({ id }) => id)).toEqual(ids.slice(0, 1))
})
