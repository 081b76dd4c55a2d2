import { expect } from '@jest/globals'
import { type Answers, asOfOf, comparable } from './answers.ts'
import type { KillableProduct } from './killable-product.ts'
import type { SyncedOnce } from './synced-once.ts'

/** Syncs by hand, which succeeds. */
export async function syncNow(product: KillableProduct, id: string): Promise<void> {
  await product.startSync(id)
  expect(await product.ended(id)).toBe('recorded')
}

/** What the product answers and keeps. */
export interface Shown {
  readonly answers: Answers
  readonly record: readonly string[]
}

export async function readShown(product: KillableProduct, id: string): Promise<Shown> {
  const answers = await product.answers(id)
  return { answers, record: await product.recordOf(id, asOfOf(answers)) }
}

/** Holds what the product answers and keeps against a store that was synced once, and gives it. */
export async function expectSynced(product: KillableProduct, id: string, expected: SyncedOnce): Promise<Shown> {
  const shown = await readShown(product, id)
  expect(comparable(shown.answers)).toEqual(expected.answers)
  expect(shown.record).toEqual(expected.record)
  return shown
}
