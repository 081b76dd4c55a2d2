import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { freezeItems } from '../../shared/reviews/freeze-items.ts'
import type { Decision } from '../../shared/reviews/review.ts'
import { ReviewPartMissingError } from '../../shared/storage/errors.ts'
import { type DecisionCall, ReviewDecisionRepository } from '../../shared/storage/review-decisions.ts'
import { ReviewPartRepository } from '../../shared/storage/review-parts.ts'
import { ReviewRepository } from '../../shared/storage/reviews.ts'
import { keys } from '../../shared/storage/table.ts'
import { aPerson } from '../builders.ts'
import { aKey } from '../data-sets/keys/a-key.ts'
import { startFaultyTable } from '../fakes/faulty-table.ts'
import { aReview } from '../reviews/a-review.ts'
import { aReviewedOrganization } from '../reviews/a-reviewed-organization.ts'
import { startLocalTable } from './local-table.ts'

/** Enough for two parts. */
const TWO_PARTS = 2_001

let local: Awaited<ReturnType<typeof startLocalTable>>
let reviews: ReviewRepository
let parts: ReviewPartRepository
let decisions: ReviewDecisionRepository
beforeEach(async () => {
  local = await startLocalTable()
  reviews = new ReviewRepository(local.table)
  parts = new ReviewPartRepository(local.table)
  decisions = new ReviewDecisionRepository(local.table)
})
afterEach(() => local.close())

const BY = { subject: 'reviewer-1', email: 'ria@acme.example' }
const aDecision = (itemId: string, overrides: Partial<Decision> = {}): Decision => ({
  itemId,
  value: 'keep',
  note: null,
  by: BY,
  at: '2026-11-24T12:00:00.000Z',
  ...overrides,
})

test('A review comes back as it was stored, in each lifecycle, the newest first', async () => {
  const open = aReview({ id: '01A' })
  const completed = aReview({
    id: '01B',
    dueOn: '2026-12-15',
    incomplete: [{ integrationId: 'I', dataSet: 'usage', state: 'stale' }],
    lifecycle: 'completed',
    closed: { at: '2026-11-25T12:00:00.000Z', by: BY },
    decisions: { copyId: 'C', parts: 1, hash: 'd'.repeat(64), counts: { keep: 1, remove: 0, exception: 0 } },
    signature: { keyId: 'k', value: 'MEUC' },
  })
  const deleting = aReview({ id: '01C', lifecycle: 'deleting', deletingSince: '2026-11-25T12:00:00.000Z' })
  for (const review of [open, completed, deleting]) await reviews.createReview(review)
  expect(await reviews.listReviews()).toEqual([deleting, completed, open])
  expect(await reviews.findReview('01B')).toEqual(completed)
  await reviews.removeReview('01B')
  expect(await reviews.findReview('01B')).toBeUndefined()
})

test('A change is applied to the newest state, also when others change the review at once', async () => {
  await reviews.createReview(aReview({ id: '01A' }))
  const rename = (letter: string) =>
    reviews.updateReview('01A', (current) => ({ ...current, name: current.name + letter }))
  await Promise.all(['x', 'y', 'z'].map(rename))
  const review = await reviews.findReview('01A')
  expect(review?.revision).toBe(3)
  expect(review?.name.slice(-3).split('').toSorted()).toEqual(['x', 'y', 'z'])
  expect(await reviews.updateReview('01A', () => undefined)).toEqual(review)
  expect(await reviews.updateReview('01Z', () => aReview())).toBeUndefined()
})

test('A change whose reply was lost is made once', async () => {
  const faulty = await startFaultyTable()
  try {
    const repository = new ReviewRepository(faulty.table)
    await repository.createReview(aReview({ id: '01A' }))
    let isLost = false
    faulty.state.decide = (operation) => {
      if (operation !== 'PutItem' || isLost) return 'none'
      isLost = true
      return 'lose'
    }
    const close = (current: ReturnType<typeof aReview>) => {
      if (current.lifecycle !== 'open') throw new Error('It was applied twice.')
      return { ...current, lifecycle: 'completing' as const }
    }
    expect((await repository.updateReview('01A', close))?.lifecycle).toBe('completing')
    expect(isLost).toBe(true)
    expect((await repository.findReview('01A'))?.revision).toBe(1)
  } finally {
    await faulty.close()
  }
})

test('Evidence of members and keys comes back as it was frozen, in its order, in as many parts as it takes', async () => {
  const frozen = { thresholds: DEFAULT_THRESHOLDS, roster: null }
  const people = Array.from({ length: TWO_PARTS }, (_, index) =>
    aPerson({ userId: `user-${index}`, name: `Zoë ${index} 🦊` }),
  )
  const members = freezeItems([aReviewedOrganization(people, { keys: [aKey('k')] })], {
    population: 'everyone',
    ...frozen,
  })
  const ofKeys = freezeItems([aReviewedOrganization(people, { keys: [aKey('k')] })], { population: 'keys', ...frozen })
  const organization = {
    integrationId: 'I',
    integrationName: 'Acme',
    provider: 'openai',
    companyDomains: ['acme.example'],
    dataSets: [{ id: 'usage', state: 'never_read', syncId: null, syncedAt: null, from: null, to: null }],
  }
  for (const [id, items, count] of [
    ['01A', members, 2],
    ['01B', ofKeys, 1],
  ] as const) {
    const written = await parts.writeEvidence(id, [organization], items)
    expect(written).toEqual({ itemParts: count, organizationParts: 1 })
    const review = aReview({ id, evidence: { hash: '', items: items.length, ...written } })
    expect(await parts.readItems(review)).toEqual(items)
    expect(await parts.readOrganizations(review)).toEqual([organization])
  }
  await parts.deleteParts('01A')
  const gone = aReview({ id: '01A', evidence: { hash: '', items: TWO_PARTS, itemParts: 2, organizationParts: 1 } })
  await expect(parts.readItems(gone)).rejects.toThrow(ReviewPartMissingError)
  await expect(parts.readOrganizations(gone)).rejects.toThrow(ReviewPartMissingError)
})

test('Evidence with a field that is not known is refused, since its hash would not hold without it', async () => {
  const [item] = freezeItems([aReviewedOrganization([aPerson()])], {
    population: 'everyone',
    thresholds: DEFAULT_THRESHOLDS,
    roster: null,
  })
  if (item?.kind !== 'member') throw new Error('There is no item.')
  const evidence = { ...item.evidence, seen: true }
  const written = await parts.writeEvidence('01A', [], [{ ...item, evidence }])
  const review = aReview({ id: '01A', evidence: { hash: '', items: 1, ...written } })
  await expect(parts.readItems(review)).rejects.toThrow(/unrecognized/i)
})

const aCall = (id: string, itemIds: readonly string[], overrides: Partial<DecisionCall> = {}): DecisionCall => {
  const { itemId: _, ...decision } = aDecision('')
  return { id, itemIds, ...decision, ...overrides }
}

test('The last confirmed decision on an item stands, and a copy does not change with it', async () => {
  await decisions.storeCall('01A', aCall('1', ['j', 'i']))
  expect(await decisions.listDecisions('01A')).toEqual([])
  expect(await decisions.confirmCall('01A', '1')).toBe(true)
  expect(await decisions.confirmCall('01A', '1')).toBe(true)
  const parted = await parts.writeDecisions('01A', 'COPY', await decisions.listDecisions('01A'))
  await decisions.storeCall('01A', aCall('2', ['i'], { value: 'exception', note: 'Because.' }))
  await decisions.confirmCall('01A', '2')
  expect(await decisions.listDecisions('01A')).toEqual([
    aDecision('i', { value: 'exception', note: 'Because.' }),
    aDecision('j'),
  ])
  expect(await parts.readDecisions('01A', { copyId: 'COPY', parts: parted })).toEqual([aDecision('i'), aDecision('j')])
  expect(await decisions.listDecisions('01B')).toEqual([])
  await decisions.deleteDecisions('01A')
  expect(await decisions.listDecisions('01A')).toEqual([])
})

test('A decision that was refused before it was confirmed never counts, nor does one that is gone', async () => {
  await decisions.storeCall('01C', aCall('1', ['i']))
  await decisions.confirmCall('01C', '1')
  await decisions.storeCall('01C', aCall('2', ['i'], { value: 'remove' }))
  for (const _again of [1, 2]) await decisions.refuseUnconfirmed('01C')
  expect(await decisions.confirmCall('01C', '2')).toBe(false)
  expect(await decisions.listDecisions('01C')).toEqual([aDecision('i')])
  expect(await decisions.confirmCall('01C', '3')).toBe(false)
})

test('The item of the largest review fits into an item of DynamoDB', async () => {
  const name = '🦊'.repeat(100)
  const integrations = Array.from({ length: 500 }, (_, index) => ({
    id: `01K${String(index).padStart(23, '0')}`,
    name,
    provider: 'anthropic',
  }))
  const incomplete = integrations.flatMap(({ id }) =>
    ['directory', 'usage'].map((dataSet) => ({ integrationId: id, dataSet, state: 'not_permitted' })),
  )
  await reviews.createReview(aReview({ id: '01A', name, integrations, incomplete }))
  expect(Buffer.byteLength(JSON.stringify(await reviews.findReview('01A')))).toBeLessThan(400 * 1_024)
  expect(keys.review('01A').sk).toBe('REVIEW#01A')
})
