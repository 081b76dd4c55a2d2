import { hash, verify } from 'node:crypto'
import { expect } from '@jest/globals'
import type { WireReviewEvidence } from '../../shared/contracts/review-evidence-contract.ts'
import { canonicalized } from './canonicalized.ts'

const sha256 = (value: unknown) => hash('sha256', canonicalized(value), 'hex')

/** The evidence of a completed review has the hashes that it states, and a valid signature of both. Computed without the product's code. */
export function expectProven(file: WireReviewEvidence, publicKey: string): void {
  const { evidence, evidenceHash, decisions, decisionsHash, signature } = file
  expect(evidenceHash).toBe(sha256(evidence))
  expect(decisionsHash).toBe(sha256(decisions))
  expect(decisions.evidenceHash).toBe(evidenceHash)
  expect(decisions.items.map(({ itemId }) => itemId)).toEqual(evidence.items.map(({ id }) => id))
  const signed = canonicalized({ reviewId: evidence.reviewId, evidenceHash, decisionsHash })
  expect(signature?.signed).toBe(signed)
  expect(verify('sha256', Buffer.from(signed), publicKey, Buffer.from(signature?.value ?? '', 'base64'))).toBe(true)
}
