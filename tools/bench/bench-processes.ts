import * as z from 'zod'
import type { KeyRates } from '../../test/fakes/throttling-proxy.ts'
import { Child, type Timed, timedSchema } from './child.ts'
import { connectionSchema, type TableConnection } from './table-connection.ts'
import { tableCountsSchema } from './write-counter.ts'

const nothing = z.unknown()

const openedSchema = z.object({ baseUrl: z.string(), key: z.string() })

const syncedSchema = timedSchema.extend({
  table: tableCountsSchema,
  /** DynamoDB's write units. 0 unless the process counts them. */
  writeUnits: z.number(),
  read: z.object({ users: z.int(), usageRows: z.int() }),
  /** Of all snapshots that the sync wrote. */
  parts: z.int(),
  /** Of these, the ones that only answers about all organizations read. */
  summaryParts: z.int(),
  /** Of the published snapshots. */
  generations: z.array(z.string()),
  asked: z.array(z.string()),
})

const answeredSchema = z.object({ text: z.string(), table: tableCountsSchema })

const sentSchema = timedSchema.extend({
  /** As Lambda returns it. */
  bytes: z.int(),
  /** Not compressed. */
  rawBytes: z.int(),
  /** Of the answer, and of the items in it. */
  id: z.string().optional(),
  itemIds: z.array(z.string()),
})

/** One call: how long it took, how large its answer was, and the ids in it. */
export type Sent = z.infer<typeof sentSchema>

/** What one measured sync did, and how long it took. */
export type Synced = z.infer<typeof syncedSchema>

/** A simulated organization in its own process. */
export class OrganizationProcess extends Child {
  baseUrl = ''
  key = ''

  static async start(members: number, options: { isRecording: boolean }): Promise<OrganizationProcess> {
    const organization = new OrganizationProcess('organization-process.ts')
    const opened = await organization.run('open', { members, ...options }, openedSchema)
    organization.baseUrl = opened.baseUrl
    organization.key = opened.key
    return organization
  }

  async setNow(now: Date): Promise<void> {
    await this.run('setNow', now, nothing)
  }

  /** Adds usage of the first so many people on a day that was already read. */
  async reviseDay(day: string, people: number): Promise<void> {
    await this.run('reviseDay', { day, people }, nothing)
  }

  /** Delays each answer from now on by so many milliseconds. */
  async setDelay(delayMs: number): Promise<void> {
    await this.run('setDelay', delayMs, nothing)
  }

  takeRequestCount(): Promise<number> {
    return this.run('takeRequestCount', null, z.int())
  }
}

/** An emulated table in its own process. */
export async function startTable(): Promise<{ connection: TableConnection; stop: () => Promise<void> }> {
  const child = new Child('table-process.ts')
  return { connection: await child.run('connection', null, connectionSchema), stop: () => child.stop() }
}

const throttlingSchema = z.object({ requests: z.int(), throttled: z.int(), writeUnitsOfBusiestKey: z.number() })

/** An emulated table behind a proxy that gives each partition key so many units a second, each in its own process. */
export async function startThrottledTable(rates: KeyRates) {
  const table = await startTable()
  const proxy = new Child('throttling-process.ts')
  const endpoint = await proxy.run('start', { upstream: table.connection.endpoint, rates }, z.string())
  const connection: TableConnection = { ...table.connection, endpoint }
  return {
    connection,
    /** What happened since the last call. */
    takeCounts: () => proxy.run('takeCounts', null, throttlingSchema),
    stop: async () => {
      await proxy.stop()
      await table.stop()
    },
  }
}

export interface SyncOptions {
  /** False: record batches are built and signed, but not sent. */
  readonly sendsRecord?: boolean
  /** The optional data sets that are not read. */
  readonly leftOut?: readonly string[]
  readonly countsUnits?: boolean
}

/** The sync function in its own process. */
export class SyncProcess extends Child {
  constructor(nodeOptions: readonly string[] = []) {
    super('sync-process.ts', nodeOptions)
  }

  async open(
    { baseUrl, key }: OrganizationProcess,
    table: TableConnection,
    { sendsRecord = true, leftOut = [], countsUnits = false }: SyncOptions = {},
  ): Promise<void> {
    await this.run('open', { table, baseUrl, key, sendsRecord, leftOut, countsUnits }, nothing)
  }

  /** Puts the measured integration into the table. */
  async connect(): Promise<void> {
    await this.run('connect', null, nothing)
  }

  async setNow(now: Date): Promise<void> {
    await this.run('setNow', now, nothing)
  }

  sync(): Promise<Synced> {
    return this.run('sync', null, syncedSchema)
  }

  /** Starts a sync and returns when its data is published, while it writes its record. */
  publish(): Promise<Timed> {
    return this.run('publish', null, timedSchema)
  }
}

/** The baseline of a sync in its own process: only the work that every sync must do. */
export class SyncBaselineProcess extends Child {
  constructor() {
    super('sync-baseline-process.ts')
  }

  /** The pages that a sync requested, with the same order and concurrency. */
  async plan(organization: OrganizationProcess, asked: readonly string[]): Promise<void> {
    const chains = [...Map.groupBy(asked, chainOf).values()]
    await this.run('plan', { key: organization.key, chains }, nothing)
  }

  /** Returns the number of items. */
  load(table: TableConnection, partitions: readonly string[] | null): Promise<number> {
    return this.run('load', { table, partitions }, z.int())
  }

  async into(table: TableConnection): Promise<void> {
    await this.run('into', table, nothing)
  }

  fetch(): Promise<Timed> {
    return this.run('fetch', null, timedSchema)
  }

  fetchAndWrite(): Promise<Timed> {
    return this.run('fetchAndWrite', null, timedSchema)
  }
}

/** Pages of the directory form one chain, and so do the pages of one usage range. */
function chainOf(url: string): string {
  const { pathname, searchParams } = new URL(url)
  return `${pathname} ${searchParams.get('end_time')}`
}

/** The api function in its own process. */
export class ApiProcess extends Child {
  constructor(nodeOptions: readonly string[] = []) {
    super('api-process.ts', nodeOptions)
  }

  async open(table: TableConnection): Promise<void> {
    await this.run('open', table, nothing)
  }

  /** Discards the cached snapshots. */
  async forget(): Promise<void> {
    await this.run('forget', null, nothing)
  }

  answer(target: string): Promise<z.infer<typeof answeredSchema>> {
    return this.run('answer', target, answeredSchema)
  }

  /** Requests compressed answers, as a browser does, and discards them. */
  async answerBrowser(target: string): Promise<void> {
    await this.run('answerBrowser', target, nothing)
  }

  call(target: string, times: number): Promise<Timed> {
    return this.run('call', { target, times }, timedSchema)
  }

  /** Sends a call of a reviewer who accepts compressed answers, as a browser does. */
  send(method: string, target: string, json?: unknown): Promise<Sent> {
    return this.run('send', { method, target, json }, sentSchema)
  }
}

/** The baseline of the answers in its own process. */
export class ApiBaselineProcess extends Child {
  constructor() {
    super('api-baseline-process.ts')
  }

  async open(table: TableConnection): Promise<void> {
    await this.run('open', table, nothing)
  }

  /** Reads one item and answers with a prepared body, so many times. */
  call(id: string, work: { times: number; body: unknown }): Promise<Timed> {
    return this.run('call', { id, ...work }, timedSchema)
  }

  decode(id: string): Promise<Timed> {
    return this.run('decode', { id }, timedSchema)
  }

  /** Reads and decodes the parts and the decisions of a review. */
  decodeReview(id: string): Promise<Timed> {
    return this.run('decodeReview', id, timedSchema)
  }

  /** Reads and decodes the summaries of all integrations. */
  decodeSummaries(): Promise<Timed> {
    return this.run('decodeSummaries', null, timedSchema)
  }
}
