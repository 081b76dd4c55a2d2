import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/clean-up.ts'
import { createApiHandler } from '../../functions/api/handler-factory.ts'
import { recover } from '../../infra/local/recover.ts'
import { AuditRepository } from '../../shared/storage/audit.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { call } from './call.ts'
import { KEY, OTHER_KEY, startApiBench, type ApiBench } from './api-bench.ts'
import { itemsOf } from './stored-items.ts'

const STEPS_AT_MOST = 40
/** Longer than anything is waited for: queued syncs 30 minutes, connections 15, key changes one. */
const LATER_MS = 31 * 60_000

let bench: ApiBench
beforeEach(async () => {
  bench = await startApiBench()
})
afterEach(() => bench.close())

/** The process ended here. */
class Killed extends Error {}

/**
 * The api function in a process that dies at its nth write, to whatever store: just before it, or just after. Nothing
 * that it tries after that happens, its own clean-up included. `died` tells whether it came so far.
 */
function dyingHandler(step: number, when: 'before' | 'after') {
  const { dependencies } = bench
  let writes = 0
  let died = false
  const write = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    writes += 1
    if (died || (writes === step && when === 'before')) {
      died = true
      throw new Killed()
    }
    const result = await act()
    if (writes !== step) return result
    died = true
    throw new Killed()
  }
  const table = tableThrough(bench.table, ({ isWrite }, forward) => (isWrite ? write(forward) : forward()))
  const handler = createApiHandler({
    ...dependencies,
    integrations: new IntegrationRepository(table),
    names: new NameRepository(table),
    syncs: new SyncRepository(table),
    audit: new AuditRepository(table),
    keys: {
      putKey: (...args) => write(() => bench.keys.putKey(...args)),
      destroyKey: (...args) => write(() => bench.keys.destroyKey(...args)),
    },
    queue: {
      send: (message) => write(() => bench.queue.send(message)),
      sendAll: (messages) => write(() => bench.queue.sendAll(messages)),
    },
  })
  return { handler, died: () => died }
}

/** What follows a kill on one machine, and on AWS; messages that were sent are delivered. */
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

/** Does something in a process that is killed at each of its writes in turn, until it comes through. */
async function killedEverywhere(
  act: (handler: ReturnType<typeof dyingHandler>['handler']) => Promise<unknown>,
  when: 'before' | 'after',
  afterwards: () => Promise<void>,
): Promise<number> {
  for (let step = 1; step <= STEPS_AT_MOST; step += 1) {
    const { handler, died } = dyingHandler(step, when)
    await act(handler)
    if (!died()) return step - 1
    await afterwards()
  }
  throw new Error('It never came through.')
}

describe.each(Object.entries(AFTERWARDS))('%s', (_, mend) => {
  describe.each(['before', 'after'] as const)('killed just %s each write', (when) => {
    test('of connecting: it is wholly there, or nothing of it is', async () => {
      let turn = 0
      const json = () => ({ provider: 'openai', name: `Acme ${turn}`, adminApiKey: KEY })
      const kills = await killedEverywhere(
        (handler) => call(handler, 'POST', '/v1/integrations', { json: json() }),
        when,
        async () => {
          await mend()
          const all = await bench.dependencies.integrations.listIntegrations()
          const found = all.find(({ name }) => name === `Acme ${turn}`)
          expect([...bench.keys.stored.keys()].toSorted()).toEqual(all.map(({ id }) => id).toSorted())
          if (found === undefined) {
            expect((await bench.request('POST', '/integrations', { json: json() })).status).toBe(201)
            await bench.drain()
          } else {
            expect(found).toMatchObject({ lifecycle: 'visible', lastSync: { trigger: 'connect' } })
            expect((await bench.request('POST', '/integrations', { json: json() })).status).toBe(409)
            await bench.scheduledSync(found.id)
            const { body } = await bench.request('GET', `/integrations/${found.id}`)
            expect(body).toMatchObject({ lastSync: { state: 'succeeded' } })
          }
          turn += 1
        },
      )
      expect(kills).toBeGreaterThanOrEqual(6)
    })

    test('of an edit of everything: it has happened, wholly, or not at all, and one key is stored', async () => {
      const id = await bench.connected()
      let turn = 0
      const keys = [OTHER_KEY, KEY]
      const domains = () => [`d${turn}.example`]
      const json = () => ({ name: `Renamed ${turn}`, adminApiKey: keys[turn % 2], companyDomains: domains() })
      const isNameFree = async (name: string) => {
        const answer = await bench.request('POST', '/integrations', {
          json: { provider: 'openai', name, adminApiKey: 'sk-admin-0000000000-unknown' },
        })
        return answer.status === 422
      }
      const kills = await killedEverywhere(
        (handler) => call(handler, 'PATCH', `/v1/integrations/${id}`, { json: json() }),
        when,
        async () => {
          const before = await bench.dependencies.integrations.getIntegration(id)
          await mend()
          const stored = bench.keys.stored.get(id)
          const integration = await bench.dependencies.integrations.getIntegration(id)
          expect(integration).toMatchObject({ pendingEdit: null, waitingSync: null, keyVersion: stored?.keyVersion })
          expect(integration.keyHint).toBe(stored?.secret.slice(-4))
          expect(bench.keys.stored.size).toBe(1)
          const hasHappened = integration.name === `Renamed ${turn}`
          expect(integration.companyDomains).toEqual(hasHappened ? domains() : before.companyDomains)
          expect(integration.keyVersion > before.keyVersion || before.name === integration.name).toBe(true)
          expect(await isNameFree(integration.name)).toBe(false)
          expect(await isNameFree(hasHappened ? 'Acme' : `Renamed ${turn}`)).toBe(true)
          await bench.scheduledSync(id)
          const { body } = await bench.request('GET', `/integrations/${id}`)
          expect(body).toMatchObject({ state: 'connected', problem: null, lastSync: { state: 'succeeded' } })
          const again = await bench.request('PATCH', `/integrations/${id}`, { json: json() })
          expect(again.body).toMatchObject({ name: `Renamed ${turn}`, keyHint: json().adminApiKey?.slice(-4) })
          await bench.drain()
          turn += 1
        },
      )
      expect(kills).toBeGreaterThanOrEqual(7)
    })

    test('of a deletion: it is wholly there, or nothing of it is, and no key', async () => {
      let id = await bench.connected()
      const kills = await killedEverywhere(
        (handler) => call(handler, 'DELETE', `/v1/integrations/${id}`),
        when,
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
          id = await bench.connected()
        },
      )
      expect(kills).toBeGreaterThanOrEqual(5)
    })
  })
})
