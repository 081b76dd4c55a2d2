import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { monotonicFactory } from 'ulid'
import * as z from 'zod'
import { runSync } from '../../functions/sync/run-sync.ts'
import type { SyncDependencies } from '../../functions/sync/sync-dependencies.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { DEFAULT_DATA_SETS, providerOf } from '../../shared/providers/find-provider.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { createRepositories } from '../../shared/storage/repositories.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { type Published, type SnapshotPointer, publishedGenerations } from '../../shared/integrations/integration.ts'
import { SYNC_LEASE_MS } from '../../infra/sync-timing.ts'
import { anIntegration } from '../../test/builders.ts'
import { RequestCounter } from '../costs/request-counter.ts'
import { serve, startTiming, type Timed } from './child.ts'
import { INTEGRATION_ID, MEASURED_AT } from './measured-company.ts'
import { clientConfig, connectionSchema } from './table-connection.ts'
import { WriteCounter } from './write-counter.ts'

// The sync function in its own process: the use case with the real clients, wired as in the handler.

const openSchema = z.object({
  table: connectionSchema,
  baseUrl: z.string(),
  key: z.string(),
  sendsRecord: z.boolean(),
  leftOut: z.array(z.string()),
  countsUnits: z.boolean(),
})
const newId = monotonicFactory()
const clock = { startsAt: MEASURED_AT.getTime(), startedMs: performance.now() }
const asked: string[] = []
let onPublished = () => {}
let bench: { dependencies: SyncDependencies; counter: WriteCounter; units: RequestCounter | undefined } | undefined

const opened = () => {
  if (bench === undefined) throw new Error('The sync function is not open.')
  return bench
}

serve({
  open: async (argument) => {
    const { table: connection, baseUrl, key, sendsRecord, leftOut, countsUnits } = openSchema.parse(argument)
    const client = createDocumentClient(clientConfig(connection))
    if (!sendsRecord) keepBatchesBack(client)
    const table = new Table({ client, tableName: connection.tableName })
    const optionalDataSets = DEFAULT_DATA_SETS.filter((id) => !leftOut.includes(id))
    const dependencies = { ...dependenciesOf(table, { baseUrl, key }), optionalDataSets }
    // The units are a part of each reply, so counting them takes time.
    const units = countsUnits ? new RequestCounter(client) : undefined
    bench = { dependencies, counter: new WriteCounter(client), units }
  },
  connect: async () => {
    const named = { id: INTEGRATION_ID, name: 'Measured', createdAt: MEASURED_AT.toISOString() }
    await opened().dependencies.integrations.createIntegration(anIntegration(named))
  },
  setNow: async (argument) => {
    clock.startsAt = z.date().parse(argument).getTime()
    clock.startedMs = performance.now()
  },
  sync: () => begin().ended,
  /** Returns when the data of a sync is published. The sync goes on to write its record. */
  publish: () => {
    const { published, ended } = begin()
    // Why it failed before it published. Afterwards nobody waits for its end.
    return Promise.race([published, ended])
  },
  /** The peak memory of the process so far. */
  peakBytes: async () => process.resourceUsage().maxRSS * 1_024,
})

/** Starts a sync. Its first promise resolves when its data is published, the second when it has ended. */
function begin() {
  const { dependencies, counter } = opened()
  asked.length = 0
  counter.take()
  opened().units?.take()
  const passed = startTiming()
  const published = new Promise<Timed>((resolve) => {
    onPublished = () => resolve(passed())
  })
  return { published, ended: sync(dependencies, passed) }
}

async function sync(dependencies: SyncDependencies, passed: () => Timed) {
  const message = { kind: 'sync', integrationId: INTEGRATION_ID, syncId: newId(), trigger: 'schedule' } as const
  const outcome = await runSync({ ...message, deliveryCount: 1 }, dependencies)
  const time = passed()
  if (outcome !== 'succeeded') throw new Error(`A measured sync ended as ${outcome}.`)
  const { lastSync, published } = await dependencies.integrations.getIntegration(INTEGRATION_ID)
  return {
    ...time,
    table: opened().counter.take(),
    writeUnits: opened().units?.take().writeUnits ?? 0,
    read: { users: lastSync?.dataSets['directory']?.rows, usageRows: lastSync?.dataSets['usage']?.rows },
    ...writtenParts(lastSync?.id, published),
    generations: publishedGenerations(published),
    asked: [...asked],
  }
}

/** The parts of the snapshots that a sync wrote. */
function writtenParts(syncId: string | undefined, published: Published | null) {
  if (syncId === undefined || published === null) return { parts: 0, summaryParts: 0 }
  const { dataSets, summary } = published
  const partsOf = (snapshot: SnapshotPointer | undefined) =>
    snapshot?.generation.includes(syncId) === true ? snapshot.parts : 0
  const summaryParts = partsOf(summary)
  return {
    parts: Object.values(dataSets).reduce((sum, dataSet) => sum + partsOf(dataSet), summaryParts),
    summaryParts,
  }
}

function dependenciesOf(table: Table, openai: { baseUrl: string; key: string }): SyncDependencies {
  return {
    ...createRepositories(table),
    keys: { findKey: async () => ({ key: new AdminApiKey(openai.key), keyVersion: 1 }) },
    queue: { send: async () => {}, sendAll: async () => {} },
    openOrganization: ({ provider, key, deadline }) =>
      providerOf(provider).open({ baseUrl: openai.baseUrl, key, deadline, fetch: fetchNoting, now }),
    now,
    windowDays: 60,
    keepRemovedDays: 60,
    optionalDataSets: DEFAULT_DATA_SETS,
    leaseMs: SYNC_LEASE_MS,
    onProgress: (_id, { state }) => {
      if (state === 'succeeded') onPublished()
    },
    logger: { info() {}, warn() {}, error() {} },
  }
}

/** Batches are built and signed as usual, and reported as written without being sent. */
function keepBatchesBack({ middlewareStack }: DynamoDBDocumentClient): void {
  middlewareStack.add(
    (next, { commandName }) =>
      async (request) =>
        commandName === 'BatchWriteItemCommand' || commandName === 'BatchWriteCommand'
          ? { output: { $metadata: {} }, response: {} }
          : next(request),
    { step: 'finalizeRequest', priority: 'low', name: 'keepBatchesBack' },
  )
}

function now(): Date {
  return new Date(clock.startsAt + (performance.now() - clock.startedMs))
}

const fetchNoting: typeof fetch = (input, init) => {
  asked.push(input instanceof Request ? input.url : String(input))
  return fetch(input, init)
}
