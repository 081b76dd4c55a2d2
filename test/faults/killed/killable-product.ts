import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@jest/globals'
import * as z from 'zod'
import type { Window } from '../../../shared/domain/window.ts'
import { OPTIONAL_DATA_SETS, providerOf } from '../../../shared/providers/find-provider.ts'
import { READY, startProcess, type ProductProcess } from '../../local/product-process.ts'
import { costsWindow } from '../../model/costs.ts'
import { type Answer, send } from '../../product/product-bench.ts'
import { waitFor, waitUntil } from '../../watchdog.ts'
import { type Answers, readAnswers } from './answers.ts'
import type { Stage } from './life.ts'
import { answerSchema, CLOCK_OFFSET, type KillPlan, type Told, type ToldAnswer } from './kill-plan.ts'

const KILL_POINT = fileURLToPath(new URL('kill-point.ts', import.meta.url))
const NODE_ARGS = ['--no-warnings', '--import', KILL_POINT]
/** The longest there is: no sync begins by itself while answers are compared. */
const NO_SCHEDULE_SECONDS = '9999999'

const integrationSchema = z.looseObject({
  id: z.string(),
  keyHint: z.string(),
  lastSync: z.object({ id: z.string(), state: z.string() }).nullable(),
  recordedSyncId: z.string().nullable(),
})

/** What was said to the process is not answered any more. */
class ChannelClosedError extends Error {}

interface Options extends Pick<Stage, 'provider' | 'organization' | 'now'> {
  readonly compiled: string
}

/** The product as a process on files that outlive it, told when to kill itself. */
export class KillableProduct {
  private readonly clockOffsetMs: number
  private readonly options: Options
  private readonly folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  private process: ProductProcess | undefined
  private url = ''

  /** Its clock begins at `now` and runs on. `compiled`: a folder for compiled code, which halves the time of a start. */
  constructor(options: Options) {
    this.options = options
    this.clockOffsetMs = options.now.getTime() - Date.now()
  }

  /** Starts it, again after a kill, and waits until it answers. */
  async start(): Promise<void> {
    const { provider, organization, compiled } = this.options
    this.process = startProcess({
      dataDir: join(this.folder, 'data'),
      environment: {
        [providerOf(provider).variables.baseUrl]: organization.baseUrl,
        ROLLCALL_SYNC_INTERVAL_SECONDS: NO_SCHEDULE_SECONDS,
        ROLLCALL_DATA_SETS: OPTIONAL_DATA_SETS.join(','),
        [CLOCK_OFFSET]: String(this.clockOffsetMs),
        NODE_COMPILE_CACHE: compiled,
      },
      args: ['--empty'],
      nodeArgs: NODE_ARGS,
    })
    this.url = (await this.process.until(READY)).replace('Rollcall is ready: ', '')
  }

  async stop(): Promise<void> {
    await this.process?.end('SIGKILL')
    rmSync(this.folder, { recursive: true })
  }

  get hasDied(): boolean {
    const { child, text } = this.started
    if (child.exitCode !== null) throw new Error(`It ended by itself: ${text()}`)
    return child.signalCode === 'SIGKILL'
  }

  request(method: string, path: string, json?: unknown): Promise<Answer> {
    return send(this.url, method, path, { json })
  }

  /** Sends a call that the process may die of: its status then is null. */
  async risk(method: string, path: string, json?: unknown): Promise<number | null> {
    return this.orDied(async () => (await this.request(method, path, json)).status)
  }

  /**
   * Does what follows a risk, and takes the plan back; when the process died of it, starts it again. Gives whether it
   * died. `beforeStart` is done in between.
   */
  async survivedOrStarted(after: () => Promise<void>, beforeStart?: () => void): Promise<boolean> {
    await this.orDied(async () => {
      await after()
      await this.tell({ say: 'live' })
    })
    if (!this.hasDied) return false
    beforeStart?.()
    await this.start()
    return true
  }

  armed(plan: KillPlan): Promise<unknown> {
    return this.tell({ say: 'die', plan })
  }

  async itemsOf(integrationId: string): Promise<readonly string[]> {
    const answer = await this.tell({ say: 'items', integrationId })
    return answer.say === 'items' ? answer.keys : []
  }

  /** The snapshots that have parts in the table. */
  async generationsOf(integrationId: string): Promise<readonly string[]> {
    const keys = await this.itemsOf(integrationId)
    return [...new Set(keys.flatMap((key) => /^SNAPSHOT#[^#]+#([^#]+)#/.exec(key)?.[1] ?? []))]
  }

  /** The record of a window, and of the days before it that have costs. */
  async recordOf(integrationId: string, window: Window): Promise<readonly string[]> {
    const answer = await this.tell({ say: 'record', integrationId, window: costsWindow(window) })
    return answer.say === 'record' ? answer.record : []
  }

  /** The integrations whose keys are stored. */
  keyOwners(): readonly string[] {
    const names = readdirSync(join(this.folder, 'data', 'keys'))
    return names.filter((name) => /^[0-9A-Z]{26}\.json/.test(name)).map((name) => name.slice(0, 26))
  }

  answers(integrationId: string): Promise<Answers> {
    return readAnswers(async (path) => (await this.request('GET', path)).body, integrationId)
  }

  async integrations(): Promise<readonly z.output<typeof integrationSchema>[]> {
    const { body } = await this.request('GET', '/integrations')
    return z.array(integrationSchema).parse(body['items'])
  }

  async onlyIntegration(): Promise<z.output<typeof integrationSchema>> {
    const [only, ...others] = await this.integrations()
    if (only === undefined || others.length > 0) throw new Error('There is not one integration.')
    return only
  }

  /** Starts a sync by hand, when none is queued or running any more. */
  async startSync(integrationId: string): Promise<void> {
    await waitUntil('a sync by hand to be accepted', async () => {
      const { status } = await this.request('POST', `/integrations/${integrationId}/syncs`)
      expect([202, 409]).toContain(status)
      return status === 202
    })
  }

  /**
   * Waits for the newest sync to end, and for its record to be written when it succeeded; gives how it ended. After a kill it may
   * be the killed one.
   */
  ended(integrationId: string): Promise<string> {
    return waitUntil('the newest sync to end', async () => {
      const state = await this.syncState(integrationId)
      return (state === 'recorded' || state === 'failed') && state
    })
  }

  /** Waits until the newest sync is one that succeeded and whose record is written: after a kill, another one follows by itself. */
  async succeeded(integrationId: string): Promise<void> {
    let state: string | undefined
    await waitUntil(
      'a sync to succeed',
      async () => (state = await this.syncState(integrationId)) === 'recorded',
      () => String(state),
    )
  }

  /** The state of the newest sync, or `recorded` when it succeeded and the record equals it. */
  private async syncState(integrationId: string): Promise<string | undefined> {
    const { body } = await this.request('GET', `/integrations/${integrationId}`)
    const { lastSync, recordedSyncId } = integrationSchema.parse(body)
    return lastSync?.state === 'succeeded' && lastSync.id === recordedSyncId ? 'recorded' : lastSync?.state
  }

  /** What is awaited, or null when the process died meanwhile. */
  private async orDied<Result>(act: () => Promise<Result>): Promise<Result | null> {
    try {
      return await act()
    } catch (error) {
      if (!(await this.isDeadOrDying())) throw error
      await waitFor('the process to end', this.started.exited)
      return null
    }
  }

  /** Asks the process itself: a connection breaks a moment before the end is reported, and one that is dying is silent. */
  private async isDeadOrDying(): Promise<boolean> {
    try {
      await this.tell({ say: 'live' })
      return false
    } catch (error) {
      if (error instanceof ChannelClosedError) return true
      throw error
    }
  }

  private async tell(told: Told): Promise<ToldAnswer> {
    const { child, exited } = this.started
    const answered = once(child, 'message')
    const [answer] = await Promise.race([
      answered,
      exited.then(() => Promise.reject(new ChannelClosedError())),
      // The channel of a process that has just died is closed before its end is reported.
      new Promise<never>((_, reject) => child.send(told, (error) => error && reject(new ChannelClosedError()))),
    ])
    return answerSchema.parse(answer)
  }

  private get started(): ProductProcess {
    if (this.process === undefined) throw new Error('It was not started.')
    return this.process
  }
}
