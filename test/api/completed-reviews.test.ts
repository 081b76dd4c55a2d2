import { hash, verify } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import type { WireReviewItem } from '../../shared/contracts/review-items-contract.ts'
import { reviewColumns } from '../../shared/contracts/review-columns.ts'
import { keys } from '../../shared/storage/table.ts'
import { aKey, owner } from '../data-sets/keys/a-key.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { ADMIN, REVIEWER } from './api-event.ts'
import { KEY } from './api-bench.ts'
import { strictly } from './parse-csv.ts'
import { canonicalized } from './canonicalized.ts'
import { expectProven } from './expect-proven.ts'
import { type ReviewsBench, startReviewsBench } from './reviews-bench.ts'

const DAY_MS = 86_400_000

let bench: ReviewsBench
beforeEach(async () => {
  bench = await startReviewsBench({}, ({ organization }) => {
    organization(KEY).people = [listed('ana', { role: 'owner' }), listed('bob'), listed('cyn')]
    organization(KEY).rows = [used('ana', '2026-11-24', 5)]
    organization(KEY).items = {
      keys: [aKey('k_ana', { owner: owner('ana') }), aKey('k_bob', { owner: owner('bob') })],
      invites: [],
    }
  })
})
afterEach(() => bench.close())

const sha256 = (value: unknown) => hash('sha256', canonicalized(value), 'hex')
const changes = (items: readonly WireReviewItem[]) =>
  Object.fromEntries(items.map(({ subject, evidence }) => [subject.id, evidence.change]))
async function syncLater() {
  bench.advance(3_600_000)
  await bench.scheduledSync(bench.id)
}

test('Completion needs a decision on each item, and then nothing changes any more', async () => {
  const { id } = await bench.created()
  const [first, ...others] = (await bench.items(id)).map((item) => item.id)
  await bench.decide(id, 'keep', others)
  const early = await bench.complete(id)
  expect(early).toMatchObject({ status: 409, body: { code: 'review_incomplete' } })
  expect(JSON.stringify(early.body)).toContain('1 of 3 items are not decided yet')
  await bench.decide(id, 'remove', [first ?? ''])
  bench.advance(1_000)
  expect(await bench.complete(id, ADMIN)).toMatchObject({
    status: 200,
    body: {
      state: 'completed',
      completedAt: '2026-11-24T12:00:01.000Z',
      completedBy: { subject: ADMIN.sub, email: ADMIN.email },
      keptUntil: '2027-12-29',
      progress: { byDecision: { keep: 2, remove: 1, exception: 0 }, outcomes: { pending: 1, done: 0 } },
    },
  })
  const evidence = await bench.evidence(id)
  const late = [await bench.decide(id, 'keep', [first ?? '']), await bench.complete(id)]
  const deletion = await bench.send('DELETE', `/reviews/${id}`)
  for (const refused of [...late, deletion]) {
    expect(refused).toMatchObject({ status: 409, body: { code: 'review_completed' } })
  }
  expect(await bench.evidence(id)).toEqual(evidence)
})

test('Anybody can compute the hashes of the evidence, and verify the signature with the public key', async () => {
  const { id } = await bench.created({ name: 'Quarter “É”' })
  await bench.completed(id, ['bob'])
  const file = await bench.evidence(id)
  const key = (await bench.send('GET', '/signing-key')).body as { keyId: string; publicKey: string }
  expectProven(file, key.publicKey)
  const { review, evidenceHash, decisionsHash, signature } = file
  expect(signature?.keyId).toBe(key.keyId)
  expect(review).toMatchObject({ evidenceHash, decisionsHash, signature })
  const value = Buffer.from(signature?.value ?? '', 'base64')
  expect(verify('sha256', Buffer.from(`${signature?.signed} `), key.publicKey, value)).toBe(false)
})

test('The evidence of an open review has its hash, the decisions so far, and nothing that is final', async () => {
  const { id } = await bench.created()
  const ids = (await bench.items(id)).map((item) => item.id)
  await bench.decide(id, 'keep', ids.slice(1, 2))
  const file = await bench.evidence(id)
  expect(file.evidenceHash).toBe(sha256(file.evidence))
  expect(file).toMatchObject({ decisionsHash: null, signature: null, outcomes: [], decisions: { completedAt: null } })
  expect(file.decisions.items).toMatchObject([{ itemId: ids[1], value: 'keep', by: { email: REVIEWER.email } }])
  expect(file.evidence.organizations).toMatchObject([
    {
      integrationId: bench.id,
      companyDomains: ['acme.example'],
      dataSets: [{ id: 'directory', state: 'current' }, { id: 'usage' }, {}, {}, {}, {}, {}],
    },
  ])
})

test('Evidence that was changed in the table is never signed', async () => {
  const { id } = await bench.created()
  await bench.decide(
    id,
    'keep',
    (await bench.items(id)).map((item) => item.id),
  )
  const { reviews, reviewParts } = bench.dependencies
  const review = await reviews.findReview(id)
  if (review === undefined) throw new Error('There is no review.')
  const [items, organizations] = [await reviewParts.readItems(review), await reviewParts.readOrganizations(review)]
  const forged = items.map((item) => ({ ...item, provider: 'forged' }))
  await reviewParts.writeEvidence(id, organizations, forged)
  expect((await bench.complete(id)).status).toBe(500)
  expect(await bench.review(id)).toMatchObject({ state: 'completing', signature: null })
  await reviewParts.writeEvidence(id, organizations, items)
  expect((await bench.complete(id)).status).toBe(200)
})

test('The CSV has a row for each item, and is recorded as an export, as the JSON is', async () => {
  for (const [population, kind] of [
    ['everyone', 'member'],
    ['keys', 'key'],
  ] as const) {
    const { id } = await bench.created({ population })
    await bench.completed(id)
    const { text, headers } = await bench.send('GET', `/reviews/${id}/evidence?format=csv`)
    const [header, ...rows] = strictly(text)
    expect(header).toEqual(Object.keys(reviewColumns[kind]))
    expect(rows).toHaveLength((await bench.items(id)).length)
    expect(rows[0]).toContain(REVIEWER.email)
    expect(headers['content-disposition']).toContain(`rollcall-review-${id}.csv`)
    await bench.evidence(id)
    const { items } = (await bench.request('GET', '/audit-events?limit=2')).body as { items: unknown[] }
    expect(items).toEqual(
      [1, 2].map(() => expect.objectContaining({ action: 'export', operation: 'getReviewEvidence', reviewId: id })),
    )
  }
})

test('Audit events name the review, and that of its completion both hashes, but no decision', async () => {
  const { id } = await bench.created({ name: 'Secret name' })
  const { evidenceHash, decisionsHash } = await bench.completed(id, ['bob'])
  const { body, text } = await bench.request('GET', '/audit-events')
  const { items } = body as { items: Record<string, unknown>[] }
  expect(items.map(({ action, reviewId, hashes }) => [action, reviewId, hashes])).toEqual([
    ['complete_review', id, { evidenceHash, decisionsHash }],
    ['decide', id, undefined],
    ['decide', id, undefined],
    ['create_review', id, undefined],
    ['connect', undefined, undefined],
  ])
  expect(items.slice(0, 4).map(({ integrationId }) => integrationId)).toEqual([null, null, null, null])
  expect(text).not.toMatch(/Secret name|Because|"remove"/)
})

describe('Since the last completed review of the population', () => {
  test('each item says what changed', async () => {
    const first = await bench.created()
    expect(changes(await bench.items(first.id))).toEqual({ ana: null, bob: null, cyn: null })
    await bench.completed(first.id, ['cyn'])
    bench.organization(KEY).people = [listed('ana'), listed('bob')]
    await syncLater()
    expect((await bench.review(first.id)).progress.outcomes).toMatchObject({ done: 1, pending: 0 })
    bench.organization(KEY).people = [listed('ana'), listed('bob'), listed('cyn'), listed('dan')]
    await syncLater()
    const second = await bench.created()
    expect(changes(await bench.items(second.id))).toEqual({
      ana: 'role_changed',
      bob: 'unchanged',
      cyn: 'returned',
      dan: 'new',
    })
    expect((await bench.items(second.id, '?change=returned')).map(({ subject }) => subject.id)).toEqual(['cyn'])
    expect((await bench.items(first.id, '?outcome=returned')).map(({ subject }) => subject.id)).toEqual(['cyn'])
    const ofOwners = await bench.created({ population: 'keys' })
    expect(changes(await bench.items(ofOwners.id))).toEqual({ k_ana: null, k_bob: null })
  })

  test('a removal that is not done is withdrawn by a later review that keeps them, and stays with one that removes them', async () => {
    const first = await bench.created()
    await bench.completed(first.id, ['bob', 'cyn'])
    await syncLater()
    const second = await bench.created()
    await bench.completed(second.id, ['cyn'])
    const states = async (id: string) =>
      Object.fromEntries((await bench.items(id)).map(({ subject, outcome }) => [subject.id, outcome?.state]))
    expect(await states(first.id)).toEqual({ ana: undefined, bob: 'withdrawn', cyn: 'pending' })
    expect(await states(second.id)).toEqual({ ana: undefined, bob: undefined, cyn: 'pending' })
    expect((await bench.items(first.id, '?outcome=withdrawn')).map(({ subject }) => subject.id)).toEqual(['bob'])
  })

  test('an open one does not count, and somebody whose removal is still pending is unchanged', async () => {
    const first = await bench.created({ population: 'keys' })
    const open = await bench.created({ population: 'keys' })
    expect(changes(await bench.items(open.id))).toEqual({ k_ana: null, k_bob: null })
    await bench.completed(first.id, ['k_bob'])
    const next = await bench.created({ population: 'keys' })
    expect(changes(await bench.items(next.id))).toEqual({ k_ana: 'unchanged', k_bob: 'unchanged' })
  })
})

describe('Deleting', () => {
  test('an open review leaves no trace, and repeating it is harmless', async () => {
    const { id } = await bench.created()
    await bench.decide(
      id,
      'keep',
      (await bench.items(id)).map((item) => item.id),
    )
    for (const _again of [1, 2]) expect((await bench.send('DELETE', `/reviews/${id}`)).status).toBe(204)
    expect((await bench.send('GET', `/reviews/${id}`)).status).toBe(404)
    expect((await bench.send('GET', '/reviews')).body).toMatchObject({ items: [] })
    bench.advance(3_600_000)
    await cleanUp(bench.dependencies)
    expect(await stored(id)).toEqual([])
    expect((await bench.send('DELETE', `/reviews/${id}`)).status).toBe(404)
  })

  test('happens by itself 400 days after the completion, outcomes too, and to no open review', async () => {
    const open = await bench.created()
    const { id, keptUntil } = await bench.completedNew()
    expect(keptUntil).toBe('2027-12-29')
    bench.advance(399 * DAY_MS)
    await cleanUp(bench.dependencies)
    expect((await bench.review(id)).state).toBe('completed')
    bench.advance(DAY_MS)
    await cleanUp(bench.dependencies)
    expect((await bench.send('GET', `/reviews/${id}`)).status).toBe(404)
    bench.advance(3_600_000)
    await cleanUp(bench.dependencies)
    expect(await stored(id)).toEqual([])
    expect((await bench.review(open.id)).state).toBe('open')
  })
})

/** The keys of everything in the table that belongs to a review. */
async function stored(reviewId: string): Promise<string[]> {
  const found: string[] = []
  for (const pk of [keys.reviews, keys.reviewParts(reviewId), keys.reviewDecisions(reviewId), keys.outcomes]) {
    for await (const item of bench.table.queryAll(pk)) {
      if (JSON.stringify(item).includes(reviewId)) found.push(String(item['pk']))
    }
  }
  return found
}
