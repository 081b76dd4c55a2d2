import { expect } from '@jest/globals'
import { asOfOf, comparable } from './answers.ts'
import type { KillableProduct } from './killable-product.ts'
import type { SyncedOnce } from './synced-once.ts'

/** Syncs by hand, which succeeds. */
export async function syncNow(product: KillableProduct, id: string): Promise<void> {
  await product.startSync(id)
  expect(await product.ended(id)).toBe('recorded')
}

/** Holds what the product answers and keeps against a store that was synced once. */
export async function expectSynced(product: KillableProduct, id: string, expected: SyncedOnce): Promise<void> {
  const answers = await product.answers(id)
  expect(comparable(answers)).toEqual(expected.answers)
  expect(await product.recordOf(id, asOfOf(answers))).toEqual(expected.record)
}
