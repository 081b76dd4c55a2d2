import type { Model, ModelFinding } from '../model/model.ts'
import { compareAnswers } from './compare-answers.ts'
import type { Draw } from './draw.ts'
import { type DrawnOrganization, type KeyName, KEYS } from './drawn-organization.ts'
import type { startTable } from './organization-bench.ts'
import type { RandomPrints } from './random-prints.ts'
import { cause, failureBy, type Trouble, TROUBLES } from './troubles.ts'

const MINUTE = 60_000
const DOMAINS = [['acme.example'], ['ACME.example', 'guest.example', 'acme.example'], ['mail.acme.example'], [], null]
const ACTIONS = [
  ...Array.from({ length: 6 }, () => 'schedule' as const),
  ...(['manual', 'manual', 'manual', 'domains', 'key', 'revoke', 'wait'] as const),
]

export type HistoryTable = Awaited<ReturnType<typeof startTable>>

interface IntegrationHistoryOptions {
  readonly table: HistoryTable
  readonly organization: DrawnOrganization
  readonly draw: Draw
  /** Where each step is described. */
  readonly steps: string[]
  readonly prints: RandomPrints | undefined
}

/** The life of one organization, and of its integration. */
export class IntegrationHistory {
  readonly name: string
  readonly model: Model
  /** Of the integration, once it is connected. */
  id = ''
  /** The number of compared answers. */
  answers = 0
  private readonly options: IntegrationHistoryOptions
  private firstSyncId = ''
  private key: KeyName = 'admin'
  private isRevoked = false

  constructor(options: IntegrationHistoryOptions) {
    this.options = options
    this.model = options.organization.served.model
    this.name = `Acme at ${this.model.provider}`
  }

  /** The listing of the newest sync was not believed. */
  get isDoubted(): boolean {
    return this.model.syncs[0]?.code === 'implausible_listing'
  }

  get requests(): [provider: Model['provider'], requests: number] {
    const { served } = this.options.organization
    return [served.provider, served.simulated.requests.length]
  }

  async connect(): Promise<void> {
    const { organization, table } = this.options
    const { id, syncId } = await table.connect(organization.served, this.name)
    this.id = id
    this.firstSyncId = syncId
    this.model.queue({ id: syncId, trigger: 'connect' })
    this.tell(`connected ${organization.userIds.length} people at ${this.now.toISOString()}`)
  }

  async syncFirst(): Promise<void> {
    await this.sync({ id: this.firstSyncId, trigger: 'connect' }, () => this.options.table.api.drain())
  }

  /** The same people again, some before and some after the ten minutes after which a listing is accepted. */
  async findAgain(): Promise<void> {
    const { table, draw } = this.options
    table.api.clock.now = new Date(this.now.getTime() + draw.pick([3 * MINUTE, 10 * MINUTE - 1, 10 * MINUTE]))
    this.tell(`until ${this.now.toISOString()}, nothing changed`)
    await this.syncOnSchedule()
  }

  async changeAndAct(): Promise<void> {
    const { organization, draw } = this.options
    for (let left = draw.between(0, 8); left > 0; left -= 1) this.tell(organization.change(this.now.getTime()))
    await this.act()
  }

  async compare(): Promise<void> {
    const { id, model } = this
    const { table, draw } = this.options
    this.answers += await compareAnswers({ api: table.api, id, model, draw, readsCosts: true })
  }

  private get now(): Date {
    return this.options.table.api.clock.now
  }

  private tell(step: string): void {
    this.options.steps.push(`${this.model.provider}: ${step}`)
  }

  private async act(): Promise<void> {
    const { draw, table } = this.options
    const action = draw.pick(ACTIONS)
    if (action === 'schedule') await this.syncOnSchedule()
    else if (action === 'manual') {
      const sync = { id: await table.queueSync(this.id), trigger: action }
      this.model.queue(sync)
      if (draw.chance(0.2)) await this.compare()
      await this.sync(sync, () => table.api.drain())
    } else if (action === 'domains') await this.setDomains()
    else if (action === 'key') await this.setKey()
    else if (action === 'revoke') {
      this.isRevoked = true
      this.tell('the first key was revoked')
    } else this.tell('nothing was done')
  }

  private async syncOnSchedule(): Promise<void> {
    const { api } = this.options.table
    const syncId = api.dependencies.newId()
    await this.sync({ id: syncId, trigger: 'schedule' }, () => api.scheduledSync(this.id, syncId))
  }

  private async setDomains(): Promise<void> {
    const companyDomains = this.options.draw.pick(DOMAINS)
    this.tell(`company domains: ${JSON.stringify(companyDomains)}`)
    await this.edit({ companyDomains }, 200)
    this.model.companyDomains = [...new Set((companyDomains ?? []).map((domain) => domain.toLowerCase()))]
  }

  private async setKey(): Promise<void> {
    const { draw, organization, prints, table } = this.options
    const key = draw.pick(KEYS)
    const { simulated } = organization.served
    this.behave('none')
    const isRefused = this.isKeyRefused(key)
    this.tell(`key ${key}${isRefused ? ', which is refused' : ''}`)
    const syncId = await this.edit({ adminApiKey: simulated.keys[key] }, isRefused ? 422 : 200)
    if (isRefused) return
    this.key = key
    this.model.changeKey({ ...organization.problems, ...prints?.problemOfKey })
    await this.sync({ id: syncId, trigger: 'key_change' }, () => table.api.drain())
  }

  private isKeyRefused(key: KeyName): boolean {
    const { organization } = this.options
    if (key === 'admin' && this.isRevoked) return true
    if ('usage' in organization.problems) return true
    const isOfOther = (name: KeyName) => name === 'otherOrganization'
    return organization.identifiesKeys && this.model.published !== null && isOfOther(key) !== isOfOther(this.key)
  }

  /** Edits the integration. Returns the id of its newest sync. */
  private async edit(json: Readonly<Record<string, unknown>>, status: number): Promise<string> {
    const { api } = this.options.table
    const answer = await api.request('PATCH', `/integrations/${this.id}`, { json })
    if (answer.status !== status) throw new Error(`The edit was answered with ${answer.status}, not ${status}.`)
    return (await api.dependencies.integrations.getIntegration(this.id)).lastSync?.id ?? ''
  }

  /** A sync of Rollcall and one of the model, of the same organization with the same trouble. */
  private async sync(sync: { id: string; trigger: string }, carryOut: () => Promise<unknown>): Promise<void> {
    const { draw, organization } = this.options
    this.tell(organization.prepare(this.now.getTime()))
    // One cause of a failure at a time.
    const trouble = 'usage' in organization.problems ? 'none' : draw.pick(TROUBLES)
    this.changePrints()
    this.behave(trouble)
    await carryOut()
    this.behave('none')
    const nowMs = this.now.getTime()
    const ended = this.model.sync(sync, { startedMs: nowMs, endedMs: nowMs }, await this.finding(trouble))
    this.tell(`sync (${sync.trigger}, trouble: ${trouble}): ${ended.code ?? 'succeeded'}`)
  }

  private behave(trouble: Trouble): void {
    const { organization } = this.options
    cause(organization.served, trouble, this.isRevoked)
    organization.refuse()
  }

  private changePrints(): void {
    const { organization, prints, table } = this.options
    const isOn =
      prints !== undefined && (this.tell(prints.change(this.now.getTime(), organization.userIds)), prints.isOn)
    Object.assign(table.api.dependencies, {
      optionalDataSets: ['other_usage', 'costs', 'keys', 'invites', ...(isOn ? ['prints'] : [])],
    })
  }

  private async finding(trouble: Trouble): Promise<ModelFinding> {
    const { organization, prints } = this.options
    const code = failureBy(trouble, { key: this.key, isRevoked: this.isRevoked })
    if (code !== null) return { failure: code }
    const found = await organization.find(this.key, this.now)
    if ('failure' in found) return found
    return {
      ...found,
      ...(trouble === 'nobody listed' && { people: [] }),
      ...(prints?.isOn === true && { prints: prints.found }),
    }
  }
}
