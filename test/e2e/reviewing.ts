import { createHash, createPublicKey, verify } from 'node:crypto'
import * as z from 'zod'
import { canonicalHash, canonicalJson } from '../../shared/reviews/canonical-json.ts'
import type { Deployment } from './deployment.ts'
import { claimsWith } from './deployment-names.ts'
import type { People } from './signing-in.ts'
import { expect } from './step.ts'

const REVIEWER = 'ria@auditors.example'

const reviewSchema = z.object({ id: z.string(), state: z.string() })
const itemsSchema = z.object({ items: z.array(z.object({ id: z.string() })).min(1) })
const evidenceSchema = z.object({
  evidence: z.looseObject({ reviewId: z.string() }),
  evidenceHash: z.string(),
  decisions: z.looseObject({ completedBy: z.looseObject({ email: z.literal(REVIEWER) }) }),
  decisionsHash: z.string(),
  signature: z.object({ keyId: z.string(), signed: z.string(), value: z.base64() }),
})

/** A review is decided and completed; its signature is verified with the public key that KMS itself gives. */
export async function checkReviewing(deployment: Deployment, { viewer, admin }: People, id: string): Promise<void> {
  const { bench, api, issuer } = deployment
  const body = { name: 'Owners', population: 'owners', integrationIds: [id], acceptIncomplete: true }
  const creating = { method: 'POST', path: '/reviews', body } as const
  await viewer.expectRefusal(creating, 403, 'forbidden')
  // The token of this admin names no address.
  await admin.expectRefusal(creating, 403, 'forbidden')
  const claims = { ...claimsWith('admin'), email: REVIEWER, email_verified: true }
  const reviewer = api(await issuer.token({ subject: 'ria-1', claims }))
  const { id: reviewId } = await reviewer.expect({ ...creating, status: 201 }, reviewSchema)
  const path = `/reviews/${reviewId}`
  const { items } = await reviewer.expect({ path: `${path}/items?limit=1000` }, itemsSchema)
  const decisions = { itemIds: items.map((item) => item.id), decision: 'keep' }
  await reviewer.expect({ method: 'POST', path: `${path}/decisions`, body: decisions }, z.unknown())
  const completed = await reviewer.expect({ method: 'POST', path: `${path}/completion` }, reviewSchema)
  expect(completed.state === 'completed', `The review is ${completed.state}.`)
  await requireGenuine(deployment, await viewer.expect({ path: `${path}/evidence` }, evidenceSchema))
  bench.say(`A review of ${items.length} owners is completed, and signed by the stack’s key as KMS gives it`)
}

async function requireGenuine(
  { aws, template, physicalId }: Deployment,
  { evidence, evidenceHash, decisions, decisionsHash, signature }: z.output<typeof evidenceSchema>,
): Promise<void> {
  const { logicalId } = template.one('AWS::KMS::Key', 'SigningKey')
  const parameters = { KeyId: await physicalId(logicalId) }
  const { PublicKey } = await aws.call('kms', 'get_public_key', parameters, z.object({ PublicKey: z.base64() }))
  const der = Buffer.from(PublicKey, 'base64')
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  expect(signature.keyId === createHash('sha256').update(der).digest('hex'), 'The signature names another key.')
  expect(canonicalHash(evidence) === evidenceHash, 'The evidence has another hash.')
  expect(canonicalHash(decisions) === decisionsHash, 'The decisions have another hash.')
  const { reviewId } = evidence
  const signed = canonicalJson({ reviewId, evidenceHash, decisionsHash })
  expect(signature.signed === signed, `Something else is signed: ${signature.signed}`)
  const isGenuine = verify('sha256', Buffer.from(signed), key, Buffer.from(signature.value, 'base64'))
  expect(isGenuine, 'The signature cannot be verified with the key of KMS.')
}
