import type { ModelFinding } from '../model/model.ts'
import { compareAnswers } from './compare-answers.ts'
import { Draw } from './draw.ts'
import { RandomCosts } from './random-costs.ts'
import { laterTime } from './later-time.ts'
import { type OrganizationBench, startOrganizationBench } from './organization-bench.ts'
import { RandomOrganization } from './random-organization.ts'
import { RandomPrints } from './random-prints.ts'
import { randomFrom } from './seed.ts'
import { cause, failureBy, type Trouble, TROUBLES } from './troubles.ts'

const MINUTE = 60_000
const KEYS = ['admin', 'nextAdmin', 'otherOrganization'] as const
const DOMAINS = [['acme.example'], ['ACME.example', 'guest.example', 'acme.example'], ['mail.acme.example'], [], null]
const ACTIONS = [
  ...Array.from({ length: 6 }, () => 'schedule' as const),
  ...(['manual', 'manual', 'manual', 'domains', 'key', 'revoke', 'wait'] as const),
]

/** Every way in which these histories let a sync end. */
export const ENDINGS = [
  'succeeded',
  'provider_unreachable',
  'provider_rate_limited',
  'unexpected_reply',
  'invalid_admin_key',
  'different_organization',
  'implausible_listing',
]

/** What was done and compared, for the figures. */
export interface HistoryCounts {
  readonly steps: number
  readonly answers: number
  /** How each sync ended: `succeeded`, or the code of its problem. */
  readonly endings: readonly string[]
  readonly requests: number
  /** Of each sync that succeeded: how the reading of prints ended, `switched_off` when they were not read. */
  readonly printsOutcomes: readonly string[]
}

/** For tests that have added prints, an optional series, to the registries. */
export interface HistoryOptions {
  /** Called with the prints that the organization has from now on. */
  readonly usePrints?: (prints: RandomPrints) => void
}

/** Runs the history of a seed. Failures name seed and number, with every step so far. */
export async function runHistory(
  seed: number,
  number: number,
  { usePrints }: HistoryOptions = {},
): Promise<HistoryCounts> {
  const draw = new Draw(randomFrom(seed, number))
  const now = new Date(Date.UTC(2026, 4, 1) + draw.between(0, 200 * 24 * 60) * MINUTE + draw.between(1, 59_999))
  const bench = await startOrganizationBench({ now, hasPrints: usePrints !== undefined })
  const prints = usePrints && new RandomPrints(draw)
  if (prints !== undefined) usePrints?.(prints)
  const history = new History(bench, draw, prints)
  try {
    return await history.run()
  } catch (error) {
    const steps = history.steps.map((step, index) => `  ${index + 1}. ${step}`).join('\n')
    const again = `FAULTS_SEED=${seed} FAULTS_HISTORY=${number}`
    throw new Error(`History ${number} went wrong after\n${steps}\n${again} repeats it alone.\n${String(error)}`, {
      cause: error,
    })
  } finally {
    await bench.close()
  }
}

/** The life of one organization, and of its integration. */
class History {
  readonly steps: string[] = []
  private readonly bench: OrganizationBench
  private readonly draw: Draw
  private readonly own: RandomOrganization
  private readonly other: RandomOrganization
  private readonly costs: RandomCosts
  private readonly prints: RandomPrints | undefined
  private id = ''
  private key: (typeof KEYS)[number] = 'admin'
  private isRevoked = false
  private answers = 0

  constructor(bench: OrganizationBench, draw: Draw, prints?: RandomPrints) {
    this.bench = bench
    this.prints = prints
    this.draw = draw
    const nowMs = bench.clock.now.getTime()
    const size = draw.chance(0.3) ? draw.between(15, 40) : draw.between(1, 9)
    this.own = new RandomOrganization(draw, { prefix: 'user', size, nowMs })
    this.costs = new RandomCosts(draw)
    this.other = new RandomOrganization(draw, { prefix: 'other', size: 3, nowMs })
  }

  async run(): Promise<HistoryCounts> {
    const { id, syncId } = await this.bench.connect()
    this.id = id
    this.bench.model.queue({ id: syncId, trigger: 'connect' })
    this.steps.push(`connected ${this.own.people.length} people at ${this.bench.clock.now.toISOString()}`)
    await this.compare()
    await this.sync({ id: syncId, trigger: 'connect' }, () => this.bench.api.drain())
    await this.compare()
    for (let left = this.draw.between(3, 6); left > 0; left -= 1) {
      const isDoubted = this.bench.model.syncs[0]?.code === 'implausible_listing'
      if (isDoubted && this.draw.chance(0.6)) {
        await this.findAgain()
        continue
      }
      this.pass()
      for (let changes = this.draw.between(0, 8); changes > 0; changes -= 1) {
        this.steps.push(this.own.change(this.bench.clock.now.getTime()))
      }
      await this.act()
      await this.compare()
    }
    const { model, openAi } = this.bench
    const endings = model.syncs.map((sync) => sync.code ?? 'succeeded')
    const printsOutcomes = model.syncs
      .filter((sync) => sync.state === 'succeeded')
      .map(({ dataSets }) => dataSets.find(({ id }) => id === 'prints')?.outcome ?? 'switched_off')
    const { steps, answers } = this
    return { steps: steps.length, answers, endings, requests: openAi.requests.length, printsOutcomes }
  }

  /** The same people again, some before and some after the ten minutes after which a listing is accepted. */
  private async findAgain(): Promise<void> {
    const { bench, draw, id } = this
    bench.clock.now = new Date(bench.clock.now.getTime() + draw.pick([3 * MINUTE, 10 * MINUTE - 1, 10 * MINUTE]))
    this.steps.push(`until ${bench.clock.now.toISOString()}, nothing changed`)
    const syncId = bench.api.dependencies.newId()
    await this.sync({ id: syncId, trigger: 'schedule' }, () => bench.api.scheduledSync(id, syncId))
    await this.compare()
  }

  private pass(): void {
    this.bench.clock.now = laterTime(this.bench.clock.now, this.draw)
    this.steps.push(`until ${this.bench.clock.now.toISOString()}`)
  }

  private async act(): Promise<void> {
    const { draw, bench, id } = this
    const action = draw.pick(ACTIONS)
    if (action === 'schedule') {
      const syncId = bench.api.dependencies.newId()
      await this.sync({ id: syncId, trigger: action }, () => bench.api.scheduledSync(id, syncId))
    } else if (action === 'manual') {
      const sync = { id: await bench.queueSync(id), trigger: action }
      bench.model.queue(sync)
      if (draw.chance(0.2)) await this.compare()
      await this.sync(sync, () => bench.api.drain())
    } else if (action === 'domains') await this.setDomains()
    else if (action === 'key') await this.setKey()
    else if (action === 'revoke') {
      this.isRevoked = true
      bench.openAi.set({ adminKeyRevoked: true })
      this.steps.push('the first key was revoked')
    } else this.steps.push('nothing was done')
  }

  private async setDomains(): Promise<void> {
    const companyDomains = this.draw.pick(DOMAINS)
    this.steps.push(`company domains: ${JSON.stringify(companyDomains)}`)
    await this.edit({ companyDomains }, 200)
    this.bench.model.companyDomains = [...new Set((companyDomains ?? []).map((domain) => domain.toLowerCase()))]
  }

  private async setKey(): Promise<void> {
    const { bench, draw, isRevoked } = this
    const key = draw.pick(KEYS)
    this.steps.push(`key ${key}`)
    const isRefused = key === 'admin' && isRevoked
    bench.openAi.set(this.costs.switches)
    const syncId = await this.edit({ adminApiKey: bench.openAi.keys[key] }, isRefused ? 422 : 200)
    if (isRefused) return
    this.key = key
    bench.model.changeKey({ ...this.costs.problemOfKey, ...this.prints?.problemOfKey })
    await this.sync({ id: syncId, trigger: 'key_change' }, () => bench.api.drain())
  }

  /** Edits the integration. Returns the id of its newest sync. */
  private async edit(json: Readonly<Record<string, unknown>>, status: number): Promise<string> {
    const { api } = this.bench
    const answer = await api.request('PATCH', `/integrations/${this.id}`, { json })
    if (answer.status !== status) throw new Error(`The edit was answered with ${answer.status}, not ${status}.`)
    return (await api.dependencies.integrations.getIntegration(this.id)).lastSync?.id ?? ''
  }

  /** A sync of Rollcall and one of the model, of the same organization with the same trouble. */
  private async sync(sync: { id: string; trigger: string }, carryOut: () => Promise<unknown>): Promise<void> {
    const { bench, draw, own, other } = this
    const trouble = draw.pick(TROUBLES)
    bench.show(own)
    bench.showOther(other)
    cause(bench.openAi, trouble, this.isRevoked)
    this.changeCosts()
    bench.openAi.set({ kindsRefused: own.missingKinds, ...this.costs.switches })
    this.changePrints()
    await carryOut()
    cause(bench.openAi, 'none', this.isRevoked)
    const nowMs = bench.clock.now.getTime()
    const ended = bench.model.sync(sync, { startedMs: nowMs, endedMs: nowMs }, this.finding(trouble))
    this.steps.push(`sync (${sync.trigger}, OpenAI: ${trouble}): ${ended.code ?? 'succeeded'}`)
  }

  private changeCosts(): void {
    const { bench, costs, own } = this
    const userIds = own.people.map((person) => person.id)
    this.steps.push(costs.change(bench.clock.now.getTime(), userIds))
    bench.showCosts(costs.all)
  }

  private changePrints(): void {
    const { bench, own, prints } = this
    if (prints === undefined) return
    const userIds = own.people.map((person) => person.id)
    this.steps.push(prints.change(bench.clock.now.getTime(), userIds))
    Object.assign(bench.api.dependencies, {
      optionalDataSets: ['other_usage', 'costs', ...(prints.isOn ? ['prints'] : [])],
    })
  }

  private finding(trouble: Trouble): ModelFinding {
    const code = failureBy(trouble, { key: this.key, isRevoked: this.isRevoked })
    if (code !== null) return { failure: code }
    const { people, usage, otherUsage } = this.key === 'otherOrganization' ? this.other : this.own
    const { missingKinds } = this.own
    const nowMs = this.bench.clock.now.getTime()
    const costs = this.key === 'otherOrganization' ? this.costs.foundOfNone(nowMs) : this.costs.found(nowMs)
    const found = { people: trouble === 'nobody listed' ? [] : people, usage, otherUsage, missingKinds, costs }
    return this.prints?.isOn === true ? { ...found, prints: this.prints.found } : found
  }

  private async compare(): Promise<void> {
    const { bench, id, draw } = this
    this.answers += await compareAnswers({ api: bench.api, id, model: bench.model, draw, readsCosts: true })
  }
}
