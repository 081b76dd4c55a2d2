import { beforeAll, describe, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { createApiHandler } from '../../functions/api/http/handler-factory.ts'
import { requireFreeName } from '../../functions/api/integrations/integration-names.ts'
import { recover } from '../../local/services/recover.ts'
import { NameTakenError } from '../../shared/storage/errors.ts'
import { call } from '../api/call.ts'
import { KEY, OTHER_KEY, savedOnceConnected, startApiBench, type ApiBench, type SavedBench } from '../api/api-bench.ts'
import { dyingProcess } from '../api/dying-process.ts'
import { itemsOf } from '../api/stored-items.ts'

const STEPS_AT_MOST = 40
const WINDOW_DAYS = 2
/** Longer than any timeout: queued syncs have 30 minutes, connections 15, key changes one. */
const LATER_MS = 31 * 60_000

let bench: ApiBench
/** Acme, connected and synced. */
let connected: SavedBench
let id: string
beforeAll(async () => {
  const acme = await savedOnceConnected({ windowDays: WINDOW_DAYS })
  id = acme.id
  connected = acme.saved
})

/** The api function in a process that crashes just before its nth write to any store, its own clean-up included. */
function dyingHandler(step: number) {
  const { dependencies, died } = dyingProcess(bench, step - 1)
  return { handler: createApiHandler(dependencies), died }
}

/** The recovery after a crash, on one machine and on AWS. Sent messages are delivered. */
const AFTERWARDS = {
  'after a restart': async () => {
    await recover(bench.dependencies)
    await bench.drain()
  },
  'after the hourly clean-up': async () => {
    bench.advance(LATER_MS)
    await cleanUp(bench.dependencies)
    await bench.drain()
  },
}

/**
 * Runs an action in processes that crash before each of its writes in turn, and finally after all of them, each time
 * from the same state. Returns the number of writes. Writes are sequential, so a crash after one write equals a crash
 * before the next.
 */
async function killedEverywhere(
  from: SavedBench | undefined,
  act: (handler: ReturnType<typeof dyingHandler>['handler']) => Promise<unknown>,
  afterwards: () => Promise<void>,
): Promise<number> {
  for (let step = 1; step <= STEPS_AT_MOST; step += 1) {
    bench = await startApiBench({ windowDays: WINDOW_DAYS, ...(from !== undefined && { from }) })
    try {
      const { handler, died } = dyingHandler(step)
      await act(handler)
      await afterwards()
      if (!died()) return step - 1
    } finally {
      await bench.close()
    }
  }
  throw new Error('It never came through.')
}

async function isFree(name: string): Promise<boolean> {
  try {
    await requireFreeName(bench.dependencies, name)
    return true
  } catch (error) {
    if (error instanceof NameTakenError) return false
    throw error
  }
}

describe.each(Object.entries(AFTERWARDS))('%s, killed between any two writes', (_, mend) => {
  test('of connecting leaves either the whole integration or nothing', async () => {
    const connect = { json: { provider: 'openai', name: 'Acme', adminApiKey: KEY } }
    const writes = await killedEverywhere(
      undefined,
      (handler) => call(handler, 'POST', '/v1/integrations', connect),
      async () => {
        await mend()
        const [found, ...others] = await bench.dependencies.integrations.listIntegrations()
        expect(others).toEqual([])
        expect([...bench.keys.stored.keys()]).toEqual(found === undefined ? [] : [found.id])
        if (found === undefined) {
          expect((await bench.request('POST', '/integrations', connect)).status).toBe(201)
          return
        }
        expect(found).toMatchObject({ lifecycle: 'visible', lastSync: { trigger: 'connect' } })
        expect((await bench.request('POST', '/integrations', connect)).status).toBe(409)
        await bench.scheduledSync(found.id)
        const { body } = await bench.request('GET', `/integrations/${found.id}`)
        expect(body).toMatchObject({ lastSync: { state: 'succeeded' } })
      },
    )
    expect(writes).toBeGreaterThanOrEqual(6)
  })

  test('of an edit of everything applies it completely or not at all, with one stored key', async () => {
    const edit = { json: { name: 'Renamed', adminApiKey: OTHER_KEY, companyDomains: ['d.example'] } }
    const writes = await killedEverywhere(
      connected,
      (handler) => call(handler, 'PATCH', `/v1/integrations/${id}`, edit),
      async () => {
        await mend()
        const stored = bench.keys.stored.get(id)
        const integration = await bench.dependencies.integrations.getIntegration(id)
        expect(integration).toMatchObject({ pendingEdit: null, waitingSync: null, keyVersion: stored?.keyVersion })
        expect(bench.keys.stored.size).toBe(1)
        const hasHappened = integration.name === 'Renamed'
        expect(stored?.secret).toBe(hasHappened ? OTHER_KEY : KEY)
        expect(integration).toMatchObject(
          hasHappened
            ? { name: 'Renamed', keyHint: 'QRST', companyDomains: ['d.example'] }
            : { name: 'Acme', keyHint: 'WXYZ', companyDomains: [] },
        )
        expect(await isFree('Renamed')).toBe(!hasHappened)
        bench.advance(LATER_MS)
        expect(await isFree('Acme')).toBe(hasHappened)
        await bench.scheduledSync(id)
        const { body } = await bench.request('GET', `/integrations/${id}`)
        expect(body).toMatchObject({ state: 'connected', problem: null, lastSync: { state: 'succeeded' } })
        const again = await bench.request('PATCH', `/integrations/${id}`, edit)
        expect(again.body).toMatchObject({ name: 'Renamed', keyHint: 'QRST' })
      },
    )
    expect(writes).toBeGreaterThanOrEqual(7)
  })

  test('of a deletion leaves either the whole integration or nothing, and no key', async () => {
    const writes = await killedEverywhere(
      connected,
      (handler) => call(handler, 'DELETE', `/v1/integrations/${id}`),
      async () => {
        await mend()
        const isThere = (await bench.request('GET', `/integrations/${id}`)).status === 200
        if (isThere) {
          expect((await bench.request('GET', `/integrations/${id}/users/ana`)).status).toBe(200)
          expect((await bench.request('DELETE', `/integrations/${id}`)).status).toBe(204)
          await bench.drain()
        }
        expect(await itemsOf(bench.table, id)).toEqual([])
        expect(bench.keys.stored.size).toBe(0)
      },
    )
    expect(writes).toBeGreaterThanOrEqual(5)
  })
})
