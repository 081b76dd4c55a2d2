import * as z from 'zod'
import { Child, type Timed, timedSchema } from './child.ts'
import { connectionSchema, type TableConnection } from './table-connection.ts'
import { tableCountsSchema } from './write-counter.ts'

const nothing = z.unknown()

const openedSchema = z.object({ baseUrl: z.string(), key: z.string() })

const syncedSchema = timedSchema.extend({
  table: tableCountsSchema,
  read: z.object({ users: z.int(), usageRows: z.int() }),
  parts: z.int(),
  /** Of the published snapshots. */
  generations: z.array(z.string()),
  asked: z.array(z.string()),
})

const answeredSchema = z.object({ text: z.string(), table: tableCountsSchema })

/** What one measured sync did, and how long it took. */
export type Synced = z.infer<typeof syncedSchema>

/** A simulated organization in its own process. */
export class OrganizationProcess {
  private readonly child = new Child('organization-process.ts')
  baseUrl = ''
  key = ''

  static async start(members: number, options: { isRecording: boolean }): Promise<OrganizationProcess> {
    const organization = new OrganizationProcess()
    const opened = await organization.child.call('open', { members, ...options }, openedSchema)
    organization.baseUrl = opened.baseUrl
    organization.key = opened.key
    return organization
  }

  async setNow(now: Date): Promise<void> {
    await this.child.call('setNow', now, nothing)
  }

  /** Adds usage of the first so many people on a day that was already read. */
  async reviseDay(day: string, people: number): Promise<void> {
    await this.child.call('reviseDay', { day, people }, nothing)
  }

  /** Delays each answer from now on by so many milliseconds. */
  async setDelay(delayMs: number): Promise<void> {
    await this.child.call('setDelay', delayMs, nothing)
  }

  takeRequestCount(): Promise<number> {
    return this.child.call('takeRequestCount', null, z.int())
  }

  stop(): Promise<void> {
    return this.child.stop()
  }
}

/** An emulated table in its own process. */
export async function startTable(): Promise<{ connection: TableConnection; stop: () => Promise<void> }> {
  const child = new Child('table-process.ts')
  return { connection: await child.call('connection', null, connectionSchema), stop: () => child.stop() }
}

/** The sync function in its own process. */
export class SyncProcess {
  private readonly child: Child

  constructor(nodeOptions: readonly string[] = []) {
    this.child = new Child('sync-process.ts', nodeOptions)
  }

  async open(
    { baseUrl, key }: OrganizationProcess,
    table: TableConnection,
    { sendsRecord } = { sendsRecord: true },
  ): Promise<void> {
    await this.child.call('open', { table, baseUrl, key, sendsRecord }, nothing)
  }

  /** Puts the measured integration into the table. */
  async connect(): Promise<void> {
    await this.child.call('connect', null, nothing)
  }

  async setNow(now: Date): Promise<void> {
    await this.child.call('setNow', now, nothing)
  }

  sync(): Promise<Synced> {
    return this.child.call('sync', null, syncedSchema)
  }

  /** Starts a sync and returns when its data is published, while it writes its record. */
  publish(): Promise<Timed> {
    return this.child.call('publish', null, timedSchema)
  }

  peakBytes(): Promise<number> {
    return this.child.call('peakBytes', null, z.number())
  }

  stop(): Promise<void> {
    return this.child.stop()
  }
}

/** The baseline of a sync in its own process: only the work that every sync must do. */
export class SyncBaselineProcess {
  private readonly child = new Child('sync-baseline-process.ts')

  /** The pages that a sync requested, with the same order and concurrency. */
  async plan(organization: OrganizationProcess, asked: readonly string[]): Promise<void> {
    const chains = [...Map.groupBy(asked, chainOf).values()]
    await this.child.call('plan', { key: organization.key, chains }, nothing)
  }

  /** Returns the number of items. */
  load(table: TableConnection, partitions: readonly string[] | null): Promise<number> {
    return this.child.call('load', { table, partitions }, z.int())
  }

  async into(table: TableConnection): Promise<void> {
    await this.child.call('into', table, nothing)
  }

  fetch(): Promise<Timed> {
    return this.child.call('fetch', null, timedSchema)
  }

  fetchAndWrite(): Promise<Timed> {
    return this.child.call('fetchAndWrite', null, timedSchema)
  }

  stop(): Promise<void> {
    return this.child.stop()
  }
}

/** Pages of the directory form one chain, and so do the pages of one usage range. */
function chainOf(url: string): string {
  const { pathname, searchParams } = new URL(url)
  return `${pathname} ${searchParams.get('end_time')}`
}

/** The api function in its own process. */
export class ApiProcess {
  private readonly child: Child

  constructor(nodeOptions: readonly string[] = []) {
    this.child = new Child('api-process.ts', nodeOptions)
  }

  async open(table: TableConnection): Promise<void> {
    await this.child.call('open', table, nothing)
  }

  /** Discards the cached snapshots. */
  async forget(): Promise<void> {
    await this.child.call('forget', null, nothing)
  }

  answer(target: string): Promise<z.infer<typeof answeredSchema>> {
    return this.child.call('answer', target, answeredSchema)
  }

  /** Requests compressed answers, as a browser does, and discards them. */
  async answerBrowser(target: string): Promise<void> {
    await this.child.call('answerBrowser', target, nothing)
  }

  call(target: string, times: number): Promise<Timed> {
    return this.child.call('call', { target, times }, timedSchema)
  }

  peakBytes(): Promise<number> {
    return this.child.call('peakBytes', null, z.number())
  }

  stop(): Promise<void> {
    return this.child.stop()
  }
}

/** The baseline of the answers in its own process. */
export class ApiBaselineProcess {
  private readonly child = new Child('api-baseline-process.ts')

  async open(table: TableConnection): Promise<void> {
    await this.child.call('open', table, nothing)
  }

  /** Reads one item and answers with a prepared body, so many times. */
  call(id: string, work: { times: number; body: unknown }): Promise<Timed> {
    return this.child.call('call', { id, ...work }, timedSchema)
  }

  decode(id: string): Promise<Timed> {
    return this.child.call('decode', { id }, timedSchema)
  }

  stop(): Promise<void> {
    return this.child.stop()
  }
}
