import { isDeepStrictEqual } from 'node:util'
import { isRecorded, publishedGenerations } from '../../shared/integrations/integration.ts'
import { hasParts } from './has-parts.ts'
import { expect } from '@jest/globals'
import * as z from 'zod'
import { createApiHandler } from '../../functions/api/http/handler-factory.ts'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { handleMessage } from '../../functions/sync/handle-message.ts'
import { DELIVERIES_AT_MOST } from '../../functions/sync/run-sync.ts'
import type { QueueMessage } from '../../shared/ports/sync-queue.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { createRepositories } from '../../shared/storage/repositories.ts'
import { ReviewRepository } from '../../shared/storage/reviews.ts'
import { KEY, startApiBench } from '../api/api-bench.ts'
import { call } from '../api/call.ts'
import { reviewCalls } from '../api/reviews-bench.ts'
import { itemsOf } from '../api/stored-items.ts'
import type { FakeOrganization } from '../fakes/fake-organization.ts'
import type { Table } from '../../shared/storage/table-access.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { Interleaving } from './interleaving.ts'
import { recordAndPublished } from './killed/record-and-published.ts'
import type { Random } from '../histories/seed.ts'

/** Short, so that a race has fewer steps: a purge goes through the window day by day. */
const WINDOW_DAYS = 5
/** A sync's, about: claim, history, announcement, four snapshots, publication, two batches, old snapshots, end. */
const LATE_WRITES = 13
const HOUR_MS = 3_600_000
const CLEAN_UPS = 3

const idSchema = z.object({ id: z.string() })

/** The functions on a table whose requests happen one at a time, in an order that a seed draws, while a race is on. */
export async function startRaceBench(random: Random) {
  const bench = await startApiBench()
  let race: Interleaving | undefined
  const step = <Result>(act: () => Promise<Result>) => (race === undefined ? act() : race.step(act))
  /** A pause ends when its turn comes. */
  const pause = () => step(() => Promise.resolve())
  const happened: string[] = []
  const table = tableThrough(bench.table, ({ name }, forward) =>
    step(() => {
      happened.push(name)
      return forward()
    }),
  )
  const lateWrites = { sent: 0, lapseAt: 1 + Math.floor(random() * LATE_WRITES), lapsed: Promise.withResolvers<void>() }
  const sluggishTable = tableThrough(bench.table, ({ isWrite }, forward) => {
    if (isWrite) lateWrites.sent += 1
    if (isWrite && lateWrites.sent === lateWrites.lapseAt) lateWrites.lapsed.resolve()
    return race === undefined ? forward() : race.step(forward, 'sluggish')
  })
  const outcomes: string[] = []
  const queued: QueueMessage[] = []
  const queue = {
    send: async (message: QueueMessage) => {
      await step(async () => void queued.push(message))
      if (race !== undefined) void race.join(deliver())
    },
    sendAll: async (messages: readonly QueueMessage[]) => {
      for (const message of messages) await queue.send(message)
    },
  }
  const dependencies = {
    ...bench.dependencies,
    windowDays: WINDOW_DAYS,
    ...repositoriesOn(table, pause),
    keys: {
      putKey: (...args: Parameters<typeof bench.keys.putKey>) => step(() => bench.keys.putKey(...args)),
      destroyKey: (...args: Parameters<typeof bench.keys.destroyKey>) => step(() => bench.keys.destroyKey(...args)),
      findKey: (...args: Parameters<typeof bench.keys.findKey>) => step(() => bench.keys.findKey(...args)),
    },
    queue,
  }
  const handler = createApiHandler(dependencies)

  /** Delivers a message as the queue does: again when it was thrown back. Gives how it ended. */
  async function handle(message: QueueMessage, own = dependencies): Promise<string> {
    for (let delivery = 1; delivery <= DELIVERIES_AT_MOST; delivery += 1) {
      const outcome = await handleMessage(message, delivery, own).catch(() => undefined)
      if (outcome !== undefined) return outcome
    }
    return 'given up'
  }

  async function deliver(): Promise<void> {
    for (let message = queued.shift(); message !== undefined; message = queued.shift()) {
      outcomes.push(await handle(message))
    }
  }

  /** True when the record says what the published snapshot says. */
  async function isRecordWhole(id: string): Promise<boolean> {
    const { record, published } = await recordAndPublished(dependencies, id)
    return isDeepStrictEqual(record, published)
  }

  const request = (method: string, path: string, json?: unknown) => call(handler, method, `/v1${path}`, { json })
  const scheduled = (integrationId: string) =>
    ({ kind: 'sync', integrationId, syncId: dependencies.newId(), trigger: 'schedule' }) as const

  return {
    ...bench,
    dependencies,
    request,
    reviews: reviewCalls((method, target, sent) => call(handler, method, `/v1${target}`, sent)),
    scheduled,
    handle: (message: QueueMessage) => handle(message),
    /** The same in a process whose requests reach the table late, and which has read an organization of its own. */
    handleLate: async (message: QueueMessage, organization: FakeOrganization) => {
      const late = {
        ...dependencies,
        ...repositoriesOn(sluggishTable, pause),
        openOrganization: async () => organization,
      }
      const outcome = await handle(message, late)
      lateWrites.lapsed.resolve()
      return outcome
    },
    /** Its lease lapses while some write of it, drawn, is on its way. */
    leaseLapsed: async () => {
      await lateWrites.lapsed.promise
      bench.advance(bench.dependencies.leaseMs)
    },
    /** How the messages ended that calls had sent. */
    outcomes,
    /** The names of the table's requests, in their order; those of a late run left out. */
    happened,
    connectRequest: (overrides: Record<string, unknown> = {}) =>
      request('POST', '/integrations', { provider: 'openai', name: 'Acme', adminApiKey: KEY, ...overrides }),
    connectedOnce: async () => {
      const json = { provider: 'openai', name: 'Acme', adminApiKey: KEY }
      const { id } = idSchema.parse((await request('POST', '/integrations', json)).body)
      await deliver()
      return id
    },
    /** Lets all of them act at once; what they send to the queue is delivered meanwhile. Gives what they gave. */
    atOnce: async <Result>(actors: readonly (() => Promise<Result>)[]): Promise<Result[]> => {
      race = new Interleaving(random)
      const one = race
      const acting = actors.map((act) => one.join(act()))
      await race.run()
      race = undefined
      await deliver()
      return Promise.all(acting)
    },
    /** What follows later: some clean-ups, an hour apart, and what they send. */
    someHours: async () => {
      for (let hour = 0; hour < CLEAN_UPS; hour += 1) {
        bench.advance(HOUR_MS)
        await cleanUp(dependencies)
        await deliver()
      }
    },
    isRecordWhole,
    /** The record and the snapshots are what the published snapshot says, and nothing besides. */
    expectWhole: async (id: string) => {
      const integration = await dependencies.integrations.getIntegration(id)
      const { published, unpublishedGenerations } = integration
      expect(await isRecordWhole(id)).toBe(true)
      expect(isRecorded(integration)).toBe(true)
      // The one before of each data set stays for readers who had its pointer, until the next sync.
      expect(unpublishedGenerations.length).toBeLessThanOrEqual(3)
      const partitions = (await itemsOf(bench.table, id)).flatMap((key) => /^SNAPSHOT#\S+(?=#\d)/.exec(key) ?? [])
      expect([...new Set(partitions)].toSorted()).toEqual(
        [...publishedGenerations(published), ...unpublishedGenerations]
          .filter(hasParts)
          .map((each) => `SNAPSHOT#${id}#${each}`)
          .toSorted(),
      )
    },
    /** Nothing of it is left, and its name is free. */
    expectGone: async (id: string) => {
      expect((await request('GET', `/integrations/${id}`)).status).toBe(404)
      expect(await itemsOf(bench.table, id)).toEqual([])
      expect([...bench.keys.stored.keys()]).not.toContain(id)
    },
  }
}

function repositoriesOn(table: Table, pause: () => Promise<void>) {
  return {
    ...createRepositories(table),
    integrations: new IntegrationRepository(table, pause),
    reviews: new ReviewRepository(table, pause),
  }
}

export type RaceBench = Awaited<ReturnType<typeof startRaceBench>>
