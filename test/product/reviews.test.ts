import { execFileSync } from 'node:child_process'
import { hash, verify } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { reviewEvidenceSchema } from '../../shared/contracts/review-evidence-contract.ts'
import { reviewItemsSchema, type WireReviewItem } from '../../shared/contracts/review-items-contract.ts'
import { reviewSchema } from '../../shared/contracts/reviews-contract.ts'
import { canonicalized } from '../api/canonicalized.ts'
import { type Answer, type Product, startProduct } from './product-bench.ts'

const HOUR_MS = 3_600_000

/* A review over HTTP, from its creation to the proof that its removals were carried out, checked without the product's code. */

let product: Product
let folder: string
let id: string
let reviewId: string
let items: readonly WireReviewItem[]
const clock = { now: new Date('2026-11-24T15:30:00.000Z') }

beforeAll(async () => {
  product = await startProduct({ members: 12, now: () => clock.now })
  folder = mkdtempSync(join(tmpdir(), 'rollcall-review-'))
  const { body } = await product.connect(product.organization.keys.admin)
  id = String(body['id'])
  await product.ended(id)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await product.close()
})

const reviewOf = ({ body }: Answer) => reviewSchema.parse(body)
const readItems = async () =>
  reviewItemsSchema.parse((await product.get(`/reviews/${reviewId}/items?limit=1000`)).body).items
const readEvidence = async () => {
  const { text } = await product.get(`/reviews/${reviewId}/evidence`)
  return { text, file: reviewEvidenceSchema.parse(JSON.parse(text)) }
}
const decide = (decision: string, decided: readonly WireReviewItem[], note?: string) =>
  product.post(`/reviews/${reviewId}/decisions`, { itemIds: decided.map((item) => item.id), decision, note })

async function syncLater(): Promise<void> {
  clock.now = new Date(clock.now.getTime() + HOUR_MS)
  await product.post(`/integrations/${id}/syncs`)
  await product.ended(id)
}

test('A review is created, survives a restart, and is decided on', async () => {
  const created = await product.post('/reviews', {
    name: 'Fourth quarter',
    population: 'everyone',
    dueOn: '2026-12-15',
  })
  expect(created).toMatchObject({ status: 201, body: { state: 'open', createdBy: { email: 'admin' } } })
  reviewId = reviewOf(created).id
  items = await readItems()
  expect(items).toHaveLength(reviewOf(created).progress.items)
  expect(items.length).toBeGreaterThan(5)
  await product.restart()
  expect(await readItems()).toEqual(items)
  const [first, second, third, ...others] = items
  if (first === undefined || second === undefined || third === undefined) throw new Error('There are too few people.')
  expect((await decide('remove', [first, second])).status).toBe(200)
  expect((await decide('exception', [third], 'Needs it until the audit.')).status).toBe(200)
  expect((await product.post(`/reviews/${reviewId}/completion`)).body['code']).toBe('review_incomplete')
  expect((await decide('keep', others)).status).toBe(200)
})

test('It is completed, and later syncs find which of its removals were done', async () => {
  const completed = await product.post(`/reviews/${reviewId}/completion`)
  expect(completed).toMatchObject({
    status: 200,
    body: {
      state: 'completed',
      progress: { byDecision: { remove: 2, exception: 1 }, outcomes: { pending: 2, done: 0 } },
    },
  })
  const { company } = product.organization
  company.remove(items[0]?.subject.id ?? '')
  await syncLater()
  const states = (await readItems()).slice(0, 3).map(({ outcome }) => outcome?.state ?? null)
  expect(states).toEqual(['done', 'pending', null])
})

describe('Its evidence', () => {
  test('has the hashes and the signature that somebody else computes, also after a restart', async () => {
    await product.restart()
    const { file } = await readEvidence()
    const { evidence, evidenceHash, decisions, decisionsHash, signature, outcomes } = file
    expect(evidenceHash).toBe(hash('sha256', canonicalized(evidence), 'hex'))
    expect(decisionsHash).toBe(hash('sha256', canonicalized(decisions), 'hex'))
    const { body: key } = await product.get('/signing-key')
    expect(signature?.keyId).toBe(key['keyId'])
    const signed = canonicalized({ reviewId, evidenceHash, decisionsHash })
    const value = Buffer.from(signature?.value ?? '', 'base64')
    expect(verify('sha256', Buffer.from(signed), String(key['publicKey']), value)).toBe(true)
    expect(outcomes.map(({ state }) => state)).toEqual(['done', 'pending'])
  })

  /** jq sorts members by code points, which is the order of RFC 8785 for names in ASCII, as all are. */
  const verifiedByCommands = onPath('openssl') && onPath('jq') ? test : test.skip
  verifiedByCommands('is verified by openssl and jq', async () => {
    const { text } = await readEvidence()
    const path = (name: string) => join(folder, name)
    writeFileSync(path('evidence.json'), text)
    writeFileSync(path('key.pem'), String((await product.get('/signing-key')).body['publicKey']))
    const jq = (...options: string[]) => execFileSync('jq', [...options, path('evidence.json')], { encoding: 'utf8' })
    for (const [part, stated] of [
      ['evidence', 'evidenceHash'],
      ['decisions', 'decisionsHash'],
    ] as const) {
      writeFileSync(path('part.json'), jq('--join-output', '--compact-output', '--sort-keys', `.${part}`))
      const digest = execFileSync('openssl', ['dgst', '-sha256', '-r', path('part.json')], { encoding: 'utf8' })
      expect(digest.split(' ')[0]).toBe(jq('--raw-output', `.${stated}`).trim())
    }
    writeFileSync(path('signed.txt'), jq('--join-output', '.signature.signed'))
    writeFileSync(path('sig.der'), Buffer.from(jq('--raw-output', '.signature.value'), 'base64'))
    const verifying = ['dgst', '-sha256', '-verify', path('key.pem'), '-signature', path('sig.der'), path('signed.txt')]
    expect(execFileSync('openssl', verifying, { encoding: 'utf8' })).toBe('Verified OK\n')
    writeFileSync(path('signed.txt'), 'something else')
    expect(() => execFileSync('openssl', verifying, { stdio: 'pipe' })).toThrow(/Command failed: openssl dgst/)
  })

  test('stays when the integration is deleted, with what was not found until then', async () => {
    const { file } = await readEvidence()
    await product.request('DELETE', `/integrations/${id}`)
    const after = await readEvidence()
    expect([after.file.evidence, after.file.signature]).toEqual([file.evidence, file.signature])
  })
})

function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((each) => existsSync(join(each, command)))
}
