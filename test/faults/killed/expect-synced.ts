import { expect } from '@jest/globals'
import type { SimulatedOrganization } from '../../../infra/local/simulated-organization/server.ts'
import { asOfOf, comparable } from './answers.ts'
import type { KillableProduct } from './killable-product.ts'
import { syncedOnce } from './synced-once.ts'

/** Syncs by hand, which succeeds. */
export async function syncNow(product: KillableProduct, id: string): Promise<void> {
  expect((await product.request('POST', `/integrations/${id}/syncs`)).status).toBe(202)
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded' })
}

/** Holds what the product answers and keeps against a store that was synced once. */
export async function expectSynced(
  product: KillableProduct,
  id: string,
  organization: SimulatedOrganization,
): Promise<void> {
  const answers = await product.answers(id)
  const once = await syncedOnce(organization)
  expect(comparable(answers)).toEqual(once.answers)
  expect(await product.recordOf(id, asOfOf(answers))).toEqual(once.record)
}
