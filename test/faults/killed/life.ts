import { expect } from '@jest/globals'
import type { SimulatedAnthropic, SimulatedOpenAi } from '../../histories/shown-organization.ts'
import { expectSynced, syncNow } from './expect-synced.ts'
import type { KillPlan } from './kill-plan.ts'
import type { KillableProduct } from './killable-product.ts'
import { waitUntil } from '../../watchdog.ts'
import { syncedOnce } from './synced-once.ts'

/** A product, and the organization that it connects. */
export interface Stage {
  readonly provider: 'openai' | 'anthropic'
  readonly organization: SimulatedOpenAi | SimulatedAnthropic
  readonly product: KillableProduct
  /** The organization's clock, which stands still, and the time at which the product's began. */
  readonly now: Date
}

/** A turn in an integration's life in which a process may be killed. Gives whether it was; what it left is mended then. */
export interface LifeTurn {
  readonly name: string
  /** How many writes it takes, about. */
  readonly writes: number
  readonly live: (stage: Stage, plan: KillPlan) => Promise<boolean>
}

/** In the order of a life. A purge deletes day by day. */
export const LIFE_TURNS: readonly LifeTurn[] = [
  { name: 'connecting', writes: 20, live: connect },
  { name: 'changing the key', writes: 12, live: changeKey },
  { name: 'deleting', writes: 70, live: remove },
]

async function connect(stage: Stage, plan: KillPlan): Promise<boolean> {
  const { provider, organization, product } = stage
  const json = { provider, name: 'Acme', adminApiKey: organization.keys.admin }
  await product.armed(plan)
  const status = await product.risk('POST', '/integrations', json)
  const wasKilled = await product.survivedOrStarted(async () => {
    const [connected] = await product.integrations()
    if (connected !== undefined) await product.succeeded(connected.id)
  })
  const [found, ...others] = await product.integrations()
  expect(others).toEqual([])
  expect(product.keyOwners()).toEqual(found === undefined ? [] : [found.id])
  if (found === undefined) {
    expect(status).toBeNull()
    expect((await product.request('POST', '/integrations', json)).status).toBe(201)
  }
  const { id } = await product.onlyIntegration()
  await product.succeeded(id)
  await expectSynced(product, id, await syncedOnce(stage))
  return wasKilled
}

async function changeKey(stage: Stage, plan: KillPlan): Promise<boolean> {
  const { organization, product } = stage
  const { admin, nextAdmin } = organization.keys
  const before = await connectedOnce(stage)
  const next = before.keyHint === admin.slice(-4) ? nextAdmin : admin
  await product.armed(plan)
  const status = await product.risk('PATCH', `/integrations/${before.id}`, { adminApiKey: next })
  const wasKilled = await product.survivedOrStarted(() => product.succeeded(before.id))
  const { id, keyHint } = await product.onlyIntegration()
  expect(status === null ? [before.keyHint, next.slice(-4)] : [next.slice(-4)]).toContain(keyHint)
  // The key that is shown is the one that it reads with.
  await product.succeeded(id)
  organization.set({ adminKeyRevoked: true })
  await product.startSync(id)
  expect(await product.ended(id)).toBe(keyHint === nextAdmin.slice(-4) ? 'recorded' : 'failed')
  organization.set({ adminKeyRevoked: false })
  await syncNow(product, id)
  await expectSynced(product, id, await syncedOnce(stage))
  return wasKilled
}

async function remove(stage: Stage, plan: KillPlan): Promise<boolean> {
  const { product } = stage
  const { id } = await connectedOnce(stage)
  await product.armed(plan)
  const status = await product.risk('DELETE', `/integrations/${id}`)
  const wasKilled = await product.survivedOrStarted(() => untilGone(product, id))
  if ((await product.request('GET', `/integrations/${id}`)).status === 200) {
    expect(status).toBeNull()
    expect((await product.request('DELETE', `/integrations/${id}`)).status).toBe(204)
  }
  expect(await product.integrations()).toEqual([])
  await untilGone(product, id)
  expect(product.keyOwners()).toEqual([])
  return wasKilled
}

async function connectedOnce({ provider, organization, product }: Stage) {
  if ((await product.integrations()).length === 0) {
    const json = { provider, name: 'Acme', adminApiKey: organization.keys.admin }
    expect((await product.request('POST', '/integrations', json)).status).toBe(201)
  }
  const connected = await product.onlyIntegration()
  await product.succeeded(connected.id)
  return connected
}

/** Waits until no item of an integration is left in the table, its audit events excepted. */
async function untilGone(product: KillableProduct, id: string): Promise<void> {
  let left: readonly string[] = []
  await waitUntil(
    'every item of a deleted integration to go',
    async () => (left = await product.itemsOf(id)).length === 0,
    () => left.join(', '),
  )
}
