import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { connectIntegration } from '../../functions/api/integrations/connect-integration.ts'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { recover } from '../../local/services/recover.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import { toIntegrationItem } from '../../shared/storage/integration-item.ts'
import { normalizeName } from '../../shared/storage/names.ts'
import { keys } from '../../shared/storage/table.ts'
import { anIntegration } from '../builders.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'
import { dyingProcess } from './dying-process.ts'

const WRITES_AT_MOST = 40
/** Longer than a connection or an edit can take. */
const LATER_MS = 16 * 60_000

let bench: ApiBench
beforeAll(async () => {
  bench = await startApiBench({ windowDays: 2 })
})
afterAll(() => bench.close())

/** Stores integrations with their keys, their names, and the names that edits of them have taken. */
async function store(integrations: readonly Integration[]): Promise<void> {
  const { newId } = bench.dependencies
  for (const { id } of integrations) await bench.keys.putKey(id, 1, new AdminApiKey(KEY))
  const items = integrations.flatMap((integration) => {
    const { id, name, pendingEdit } = integration
    const names = [name, ...(pendingEdit === null ? [] : [pendingEdit.fields.name ?? name])]
    const held = names.map((each) => ({
      ...keys.name(normalizeName(each)),
      integrationId: id,
      reservationId: newId(),
    }))
    return [toIntegrationItem(integration), ...held]
  })
  await bench.table.batchWrite(items.map((put) => ({ put })))
}

/** The leftovers of crashed calls: a connection, a deletion during a key change, a rename. */
async function leaveBehind(turn: number): Promise<void> {
  const at = bench.clock.now.toISOString()
  const made = (name: string, overrides: Partial<Integration>) =>
    anIntegration({ id: bench.dependencies.newId(), name: `${name} ${turn}`, createdAt: at, ...overrides })
  const edit = (name: string) => ({ id: 'edit', startedAt: at, fields: { name: `${name} ${turn}` }, key: null })
  const keyChange = { ...edit('Deleted for'), key: { keyVersion: 2, keyHint: 'wxyz', dataSetProblems: {} } }
  await store([
    made('Half connected', { lifecycle: 'pending' }),
    made('Deleted', { lifecycle: 'deleting', pendingEdit: keyChange }),
    made('Renamed', { pendingEdit: edit('Renamed to') }),
  ])
  bench.advance(LATER_MS)
}

/** Nobody could find and destroy a key without its integration. */
async function expectNoKeyWithoutItsIntegration(): Promise<void> {
  const ids = (await bench.dependencies.integrations.listIntegrations()).map(({ id }) => id)
  for (const id of bench.keys.stored.keys()) expect(ids).toContain(id)
}

/** Only purges; the results of syncs are not examined here. */
async function deliverPurges(): Promise<void> {
  for (const { kind, integrationId } of bench.queue.messages.splice(0)) {
    if (kind === 'purge') await purgeIntegration(integrationId, bench.dependencies)
  }
}

/** Removes the leftovers of a round, so the next one starts empty. */
async function removeAll(integrations: readonly Integration[]): Promise<void> {
  bench.keys.stored.clear()
  await bench.table.batchWrite(
    integrations.flatMap(({ id, name }) => [
      { delete: keys.integration(id) },
      { delete: keys.name(normalizeName(name)) },
    ]),
  )
}

/** Only the rename is left, undone, with its key and its name. */
async function expectFinished(turn: number): Promise<void> {
  const left = await bench.dependencies.integrations.listIntegrations()
  expect(left).toMatchObject([{ name: `Renamed ${turn}`, lifecycle: 'visible', pendingEdit: null }])
  expect([...bench.keys.stored.keys()]).toEqual(left.map(({ id }) => id))
  const held = await bench.dependencies.names.listHeldNames()
  expect(held.map(({ name }) => name)).toEqual([`renamed ${turn}`])
  await removeAll(left)
}

test('A clean-up that crashes after any write leaves no key without its integration, and the next one finishes', async () => {
  let writes = 0
  for (let died = true; died && writes < WRITES_AT_MOST; writes += 1) {
    await leaveBehind(writes)
    const dying = dyingProcess(bench, writes)
    const [cleaned] = await Promise.allSettled([cleanUp(dying.dependencies)])
    died = dying.died()
    expect(cleaned.status).toBe(died ? 'rejected' : 'fulfilled')
    if (died) {
      await expectNoKeyWithoutItsIntegration()
      await cleanUp(bench.dependencies)
    }
    await deliverPurges()
    await expectFinished(writes)
  }
  expect(writes).toBeGreaterThan(8)
  expect(writes).toBeLessThan(WRITES_AT_MOST)
})

test('The recovery at startup finishes everything too', async () => {
  await leaveBehind(0)
  await recover(bench.dependencies)
  await deliverPurges()
  await expectFinished(0)
})

test('A failing connection that crashes during its rollback leaves no key without its integration', async () => {
  bench.keys.afterStoring = () => Promise.reject(new Error('the key store did not answer'))
  const request = { provider: 'openai', name: 'Acme', adminApiKey: KEY } as const
  let writes = 0
  for (let died = true; died && writes < WRITES_AT_MOST; writes += 1) {
    const dying = dyingProcess(bench, writes)
    await expect(connectIntegration(dying.dependencies, request)).rejects.toThrow()
    died = dying.died()
    await expectNoKeyWithoutItsIntegration()
    bench.advance(LATER_MS)
    await cleanUp(bench.dependencies)
    expect([await bench.dependencies.integrations.listIntegrations(), bench.keys.stored.size]).toEqual([[], 0])
  }
  expect(writes).toBeGreaterThan(5)
})
