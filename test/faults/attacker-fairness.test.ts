import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Product, startProduct } from '../product/product-bench.ts'
import { recordFigures } from './figures.ts'
import { Hammering, statusOf } from './hammering.ts'

/** Of the many calls, so large a share may be answered while a call of another kind waits. Without turns it is three quarters. */
const ANSWERED_MEANWHILE_AT_MOST = 1 / 2

let product: Product
let id: string
beforeAll(async () => {
  product = await startProduct({ members: 200, seed: 'fairness' })
  const { body } = await product.connect(product.organization.keys.admin)
  id = String(body['id'])
  expect(await product.ended(id)).toMatchObject({ state: 'succeeded' })
})
afterAll(() => product.close())

// In one process with those who ask: its one event loop decides the order of answers, and not how busy the machine is.
test('During a flood of calls, a call of another kind is answered before most of them', async () => {
  const hammering = new Hammering(product.url, id, product.organization.keys.admin)
  hammering.begin({ exports: 300, checks: 100, lists: 300 })
  let most = 0
  while (!hammering.isOver) {
    for (const path of ['/health', '/integrations', `/integrations/${id}/licenses`]) {
      const before = hammering.answered
      expect([path, await statusOf(product.url, 'GET', path)]).toEqual([path, 200])
      most = Math.max(most, hammering.answered - before)
    }
  }
  expect(hammering.statuses).toEqual(new Set([200]))
  expect(most).toBeLessThan(hammering.asked * ANSWERED_MEANWHILE_AT_MOST)
  recordFigures('attacker-fairness', {
    'calls that hammered': hammering.asked,
    'the most of them that were answered while another caller waited': most,
  })
})
