import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { SimulatedOrganization } from '../../../infra/local/simulated-organization/server.ts'
import type { Window } from '../../../shared/domain/window.ts'
import { READY, startProcess, type ProductProcess } from '../../local/product-process.ts'
import { type Answer, send } from '../../product/product-bench.ts'
import { type Answers, readAnswers } from './answers.ts'
import { answerSchema, type KillPlan, type Told, type ToldAnswer } from './kill-plan.ts'

const KILL_POINT = fileURLToPath(new URL('kill-point.ts', import.meta.url))
const NODE_ARGS = ['--no-warnings', '--import', KILL_POINT]
const ENDS_WITHIN_MS = 60_000
const DIES_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 10

const syncSchema = z.object({ id: z.string(), state: z.string() })
const integrationSchema = z.looseObject({ id: z.string(), keyHint: z.string(), lastSync: syncSchema.nullable() })

/** The product as a process on files that outlive it, told when to kill itself. */
export class KillableProduct {
  private readonly organization: SimulatedOrganization
  private readonly folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  private process: ProductProcess | undefined
  private url = ''

  constructor(organization: SimulatedOrganization) {
    this.organization = organization
  }

  /** Starts it, again after a kill, and waits until it answers. */
  async start(): Promise<void> {
    this.process = startProcess({
      dataDir: join(this.folder, 'data'),
      environment: {
        OPENAI_BASE_URL: this.organization.baseUrl,
        // So that each start after the first takes half the time.
        NODE_COMPILE_CACHE: join(this.folder, 'compiled'),
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

  async recordOf(integrationId: string, { from, to }: Window): Promise<readonly string[]> {
    const answer = await this.tell({ say: 'record', integrationId, window: { from, to } })
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

  /** Waits for the newest sync to end, and gives it. */
  async ended(integrationId: string): Promise<z.output<typeof syncSchema>> {
    const deadline = Date.now() + ENDS_WITHIN_MS
    while (Date.now() < deadline) {
      const { body } = await this.request('GET', `/integrations/${integrationId}`)
      const { lastSync } = integrationSchema.parse(body)
      if (lastSync !== null && lastSync.state !== 'queued' && lastSync.state !== 'running') return lastSync
      await sleep(LOOK_EVERY_MS)
    }
    throw new Error('The sync did not end.')
  }

  /** What is awaited, or null when the process died meanwhile. */
  private async orDied<Result>(act: () => Promise<Result>): Promise<Result | null> {
    try {
      return await act()
    } catch (error) {
      // A connection breaks a moment before the end is reported.
      await Promise.race([this.started.exited, sleep(DIES_WITHIN_MS, undefined, { ref: false })])
      if (!this.hasDied) throw error
      return null
    }
  }

  private async tell(told: Told): Promise<ToldAnswer> {
    const { child, exited } = this.started
    const answered = once(child, 'message')
    const [answer] = await Promise.race([
      answered,
      exited.then(() => Promise.reject(new Error('It died.'))),
      // The channel of a process that has just died is closed before its end is reported.
      new Promise<never>((_, reject) => child.send(told, (error) => error && reject(error))),
    ])
    return answerSchema.parse(answer)
  }

  private get started(): ProductProcess {
    if (this.process === undefined) throw new Error('It was not started.')
    return this.process
  }
}
