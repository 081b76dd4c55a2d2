import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { OUTCOME_STATES, REVIEW_DECISIONS } from '../../shared/domain/review.ts'
import { changeSince, previousItems } from '../../shared/reviews/change.ts'
import { canonicalHash, canonicalJson } from '../../shared/reviews/canonical-json.ts'
import { decisionsOf, signedText } from '../../shared/reviews/evidence.ts'
import { freezeItems } from '../../shared/reviews/freeze-items.ts'
import { incompleteDataSets } from '../../shared/reviews/incomplete.ts'
import { ownAccessTest } from '../../shared/reviews/own-access.ts'
import { countDecisions, countOutcomes, decidedIn } from '../../shared/reviews/progress.ts'
import { keptUntil } from '../../shared/reviews/review.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { anIntegration, aPerson } from '../builders.ts'
import { canonicalized } from '../api/canonicalized.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { aReview } from './a-review.ts'
import { aReviewedOrganization } from './a-reviewed-organization.ts'

const frozen = { thresholds: DEFAULT_THRESHOLDS, roster: null }

describe('What changed since the last review', () => {
  const before = new Map([
    ['same', { role: 'reader', wasRemoved: false }],
    ['gone', { role: 'reader', wasRemoved: true }],
  ])
  test.each([
    ['without one, nothing is said', undefined, 'same', 'reader', null],
    ['who was not in it is new', before, 'other', 'reader', 'new'],
    ['with the same role, nothing', before, 'same', 'reader', 'unchanged'],
    ['with another role, the role', before, 'same', 'owner', 'role_changed'],
    ['without a role, the role', before, 'same', null, 'role_changed'],
    ['who was removed has returned', before, 'gone', 'reader', 'returned'],
    ['who was removed has returned, in whichever role', before, 'gone', 'owner', 'returned'],
  ])('%s', (_, previous, id, role, expected) => {
    expect(changeSince(previous, id, { role, hasAccess: true })).toBe(expected)
  })

  test('is no return of somebody who was disabled or banned, and still is', () => {
    expect(changeSince(before, 'gone', { role: 'reader', hasAccess: false })).toBe('unchanged')
  })

  test('is a return only if it was decided to remove them, and a sync has found that done', () => {
    const items = freezeItems([aReviewedOrganization([aPerson()])], { population: 'everyone', ...frozen })
    const id = items[0]?.id ?? ''
    const returned: string[] = []
    for (const value of REVIEW_DECISIONS) {
      for (const state of [...OUTCOME_STATES, undefined]) {
        const outcomes = new Map(state === undefined ? [] : [[id, { state }]])
        const previous = previousItems(items, new Map([[id, { value }]]), outcomes)
        if (changeSince(previous, id, { role: 'reader', hasAccess: true }) === 'returned')
          returned.push(`${value} ${state}`)
      }
    }
    expect(returned).toEqual(['remove done', 'remove returned'])
  })
})

describe('One’s own access', () => {
  const acme = aReviewedOrganization(
    [
      aPerson({ userId: 'ana', email: 'Ana@MÜLLER.example' }),
      aPerson({ userId: 'bob' }),
      aPerson({ userId: 'x', email: null }),
    ],
    {
      keys: [
        aKey('own', { owner: owner('ana') }),
        aKey('bobs', { owner: owner('bob') }),
        aKey('nobodys', { owner: null }),
      ],
    },
  )
  const own = (email: string) =>
    [
      ...freezeItems([acme], { population: 'everyone', ...frozen }),
      ...freezeItems([acme], { population: 'keys', ...frozen }),
    ]
      .filter(ownAccessTest(email))
      .map(({ subject }) => subject.id)
  test.each([
    ['ana@müller.example', ['ana', 'own']],
    [' ANA@xn--mller-kva.example ', ['ana', 'own']],
    ['bob@acme.example', ['bob', 'bobs']],
    ['bob@acme.example.org', []],
    ['admin', []],
    ['', []],
  ])('of %j is %j', (email, expected) => {
    expect(own(email)).toEqual(expected)
  })
})

describe('Incomplete data', () => {
  const reading = {
    syncId: 'S',
    syncedAt: '2026-11-24T06:00:12.345Z',
    window: { from: '2026-09-26', to: '2026-11-24' },
  }
  const pointer = { ...reading, generation: 'g', parts: 1, digest: null }
  const integration = anIntegration({
    published: {
      dataSets: { directory: pointer, usage: pointer, keys: pointer },
      summary: { generation: 's', parts: 1 },
      counts: { members: 0, guests: 0, inUse: 0, unused: 0, noData: 0 },
      inferredDomains: [],
    },
  })
  const { published } = integration
  const told = (...asked: Parameters<typeof incompleteDataSets>) =>
    incompleteDataSets(...asked).map(({ dataSet, state }) => `${dataSet} ${state}`)
  const isFresh = () => false

  test('is none where all is current', () => {
    for (const population of ['everyone', 'keys'] as const) expect(told(integration, population, isFresh)).toEqual([])
  })

  test('is what was never read, failed, is stale or was read in part, of the data sets that the population needs', () => {
    const unsynced = anIntegration()
    expect(told(unsynced, 'idle', isFresh)).toEqual(['directory never_read', 'usage never_read'])
    expect(told(unsynced, 'keys', isFresh)).toEqual(['directory never_read', 'keys never_read'])
    expect(told(integration, 'guests', (dataSet) => dataSet === 'usage')).toEqual(['usage stale'])
    const refused = { ...integration, dataSetProblems: { keys: 'insufficient_permissions' as const } }
    expect(told(refused, 'keys', isFresh)).toEqual(['keys not_permitted'])
    expect(told(refused, 'owners', isFresh)).toEqual([])
    if (published === null) throw new Error('It is published.')
    const partly = { ...pointer, unread: { names: ['Search'], more: 0 } }
    const some = { ...integration, published: { ...published, dataSets: { ...published.dataSets, keys: partly } } }
    expect(told(some, 'keys', isFresh)).toEqual(['keys partly_read'])
  })

  test('of idle people is also an older reading of a data set that shows use, but not one that was never read', () => {
    const failed = { ...integration, dataSetProblems: { keys: 'provider_unreachable' as const } }
    expect(told(failed, 'idle', isFresh)).toEqual(['keys failed'])
    expect(told(failed, 'everyone', isFresh)).toEqual([])
    if (published === null) throw new Error('It is published.')
    const { keys: _, ...others } = published.dataSets
    const never = { ...failed, published: { ...published, dataSets: others } }
    expect(told(never, 'idle', isFresh)).toEqual([])
  })
})

describe('Canonical JSON', () => {
  test('of the example of RFC 8785 is as it says', () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`
    const value = JSON.parse(text) as object
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('is what somebody else computes from the RFC, for any JSON, and does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const whole = JSON.parse(JSON.stringify(value).toWellFormed()) as Record<string, unknown>
        fc.pre(JSON.stringify(whole).isWellFormed())
        expect(canonicalJson(whole)).toBe(canonicalized(whole))
        const turned = Object.fromEntries(Object.entries(whole).toReversed())
        expect(canonicalHash(turned)).toBe(canonicalHash(whole))
      }),
    )
  })
})

test('The signed text names the review and both hashes', () => {
  expect(signedText({ reviewId: 'R', evidenceHash: 'e', decisionsHash: 'd' })).toBe(
    '{"decisionsHash":"d","evidenceHash":"e","reviewId":"R"}',
  )
})

test('The hash of the decisions depends on each field of each, and on the evidence and the end of the review', () => {
  const by = { subject: 's', email: 'ria@acme.example' }
  const decision = { itemId: 'i', value: 'keep', note: null, by, at: '2026-11-24T12:00:00.000Z' } as const
  const review = aReview({ id: 'R' })
  const closed = { at: '2026-11-25T12:00:00.000Z', by }
  const hashes = [
    decisionsOf(review, closed, [decision]),
    decisionsOf(review, closed, []),
    decisionsOf(aReview({ id: 'S' }), closed, [decision]),
    decisionsOf({ ...review, evidence: { hash: 'other' } }, closed, [decision]),
    decisionsOf(review, { ...closed, by: { ...by, subject: 't' } }, [decision]),
    ...[
      { itemId: 'j' },
      { value: 'remove' as const },
      { note: 'n' },
      { by: { ...by, email: 'x' } },
      { at: 'later' },
    ].map((change) => decisionsOf(review, closed, [{ ...decision, ...change }])),
  ].map(canonicalHash)
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('Counts name each decision and each outcome, and add up', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...REVIEW_DECISIONS)),
      fc.array(fc.constantFrom(...OUTCOME_STATES)),
      (values, states) => {
        const counts = countDecisions(values.map((value) => ({ value })))
        expect(Object.keys(counts)).toEqual([...REVIEW_DECISIONS])
        expect(decidedIn(counts)).toBe(values.length)
        const outcomes = countOutcomes(states.map((state) => ({ state })))
        expect(OUTCOME_STATES.reduce((sum, state) => sum + outcomes[state], 0)).toBe(states.length)
      },
    ),
  )
})

test('A review is kept for so many days after the day of its completion, and an open one for ever', () => {
  const by = { subject: 's', email: 'ria@acme.example' }
  const closed = { at: '2026-11-24T23:59:59.999Z', by }
  expect(keptUntil(aReview({ lifecycle: 'completed', closed }), 400)).toBe('2027-12-29')
  expect(keptUntil(aReview({ lifecycle: 'completing', closed }), 400)).toBeNull()
  expect(keptUntil(aReview(), 400)).toBeNull()
})
