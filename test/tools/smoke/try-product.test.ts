import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { SmokeFailure, tryProduct } from '../../../tools/smoke/try-product.ts'
import { type Product, startProduct } from '../../product/product-bench.ts'

const SEED = 'smoke'
const MEMBERS = 8

let product: Product
let said: string[]
beforeAll(async () => {
  // Only what is looked at is synced.
  product = await startProduct({ seed: SEED, members: MEMBERS }, { optionalDataSets: [] })
})
afterAll(() => product.close())

/** What fails leaves its integration: the clean-up takes the whole stack. */
afterEach(async () => {
  const left = (await product.get('/integrations')).body['items'] as { id: string }[]
  for (const { id } of left) await product.request('DELETE', `/integrations/${id}`)
})

/** Uses the running product, with what a test changes. */
function tried(changed: Partial<Parameters<typeof tryProduct>[0]> = {}) {
  said = []
  return tryProduct({
    url: product.url,
    key: product.organization.keys.admin,
    seed: SEED,
    members: MEMBERS,
    say: (line) => said.push(line),
    signal: new AbortController().signal,
    pauseMs: 50,
    ...changed,
  })
}

test('A working product is used as an admin would, reports each step, and has no integration afterwards', async () => {
  await tried()
  expect(said).toEqual([
    'signs in as an admin',
    'checks the Admin key and connects the simulated organization',
    'syncs it',
    expect.stringMatching(/^reads \d+ people and \d+ requests, matching the organization$/),
    'deletes the integration',
  ])
  expect((await product.get('/integrations')).body['items']).toEqual([])
})

test('People of another organization fail the test', async () => {
  await expect(tried({ members: 4 * MEMBERS })).rejects.toThrow(/^\d+ people are listed, not \d+ or \d+\.$/)
})

test('A refused key fails the test, with the problem and without the key', async () => {
  const key = product.organization.keys.revoked
  const failure = await tried({ key }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(SmokeFailure)
  expect(String(failure)).toContain('POST /integrations answered 422')
  expect(String(failure)).toContain('invalid_admin_key')
  expect(String(failure)).not.toContain(key)
})

test('An address that does not answer fails the test, and so does an interruption', async () => {
  await expect(tried({ url: 'http://127.0.0.1:1' })).rejects.toThrow('GET /me had no answer.')
  await expect(tried({ signal: AbortSignal.abort() })).rejects.toThrow('GET /me had no answer.')
})
