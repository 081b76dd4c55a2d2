import type { Draw } from './draw.ts'
import { KINDS } from '../model/kinds.ts'
import type {
  ModelNumbers,
  ModelOrganization,
  ModelOtherUsage,
  ModelPerson,
  ModelUsage,
} from '../model/organization.ts'
import { dayAt } from '../model/rules.ts'

const DAY_S = 86_400
const MODELS = ['gpt-5', 'gpt-5-mini', 'o4-mini', '__proto__']
const ROLES = ['reader', 'reader', 'reader', 'owner', 'Owner', 'auditor']
/** `example.com` counts as public mail. */
const DOMAINS = ['acme.example', 'acme.example', 'Mail.Acme.example', 'guest.example', 'notacme.example', 'example.com']
/** Users that are in no directory, and what else a provider attributes usage to. */
export const STRANGERS_OF = {
  openai: ['user-stranger', 'constructor', 'user-long-gone', 'svc_acct_abc'],
  anthropic: ['user-stranger', 'constructor', 'user-long-gone', 'svac_abc', 'apikey_abc'],
} as const

export interface RandomOrganizationOptions {
  readonly prefix: string
  readonly size: number
  readonly nowMs: number
  /** Default: those of OpenAI. */
  readonly strangers?: readonly string[]
}

/** An organization that changes randomly. Its people are numbered, so nobody occurs twice. */
export class RandomOrganization implements ModelOrganization {
  people: ModelPerson[]
  usage: ModelUsage[] = []
  otherUsage: ModelOtherUsage[] = []
  missingKinds: Readonly<Record<string, number>> = {}
  private readonly draw: Draw
  private readonly prefix: string
  private readonly strangers: readonly string[]
  private left: ModelPerson[] = []
  private numbered = 0

  constructor(draw: Draw, { strangers = STRANGERS_OF.openai, ...options }: RandomOrganizationOptions) {
    this.draw = draw
    this.prefix = options.prefix
    this.strangers = strangers
    this.people = Array.from({ length: options.size }, () => this.newcomer(options.nowMs))
    for (const person of this.people) this.use(person.id, options.nowMs, 100, draw.between(0, 5))
    if (draw.chance(0.5)) this.use(null, options.nowMs, 70, 3)
    // Their absence proves nothing: no person used the API.
    const people = new Set(this.people.filter((person) => !person.isServiceAccount).map((person) => person.id))
    if (draw.chance(0.3)) this.usage = this.usage.filter(({ userId }) => userId === null || !people.has(userId))
    if (draw.chance(0.7)) this.useOtherKinds(options.nowMs, 6)
  }

  /** A random event. Returns its description. With `keepMost`, nothing happens that makes a listing implausible. */
  change(nowMs: number, { keepMost }: { readonly keepMost: boolean } = { keepMost: false }): string {
    const { draw } = this
    const [words, happen] = draw.pick<readonly [string, () => void]>([
      ['somebody joined', () => this.people.push(this.newcomer(nowMs))],
      ['somebody left', () => this.leave(1)],
      ['somebody who used it left', () => this.leaveAfterUse()],
      ['some left', () => this.leave(Math.ceil(this.people.length * 0.2))],
      ['most left', () => this.leave(Math.ceil(this.people.length * (keepMost ? 0.1 : 0.7)))],
      ['somebody came back', () => this.people.push(...this.left.splice(0, 1))],
      ['a ban', () => this.alter({ banned: draw.pick([true, true, false, null]) })],
      ['an account switched off or on', () => this.alter({ enabled: draw.pick([false, false, true, null]) })],
      ['another role', () => this.alter({ role: draw.pick([...ROLES, null]) })],
      ['a person became a service account, or one a person', () => this.alter({ isServiceAccount: draw.chance(0.7) })],
      ['another email', () => this.alter({ email: this.email('renamed') })],
      ['SCIM', () => this.alter({ isScimManaged: draw.chance(0.6) })],
      ['an API key was used', () => this.alter({ keyLastUsedAt: this.instant(nowMs, 80) })],
      ['an API key was used on the day of the latest usage', () => this.useKeyBesideUsage()],
      ['a project', () => this.alter({ projects: draw.pick([null, [], [{ id: 'proj_1', name: 'One', role: null }]]) })],
      ['usage came in', () => this.useBySome(nowMs, 3)],
      ['old usage came in', () => this.useBySome(nowMs, 70)],
      ['usage was revised', () => (this.usage = this.usage.map((row) => (draw.chance(0.2) ? this.revised(row) : row)))],
      ['rows vanished', () => (this.usage = this.usage.filter(() => draw.chance(0.8)))],
      ['all usage vanished', () => (this.usage = draw.chance(0.3) ? [] : this.usage)],
      ['rows of a stranger', () => this.use(draw.pick(this.strangers), nowMs, 60, 3)],
      ['usage of other kinds came in', () => this.useOtherKinds(nowMs, 3)],
      ['rows of other kinds vanished', () => (this.otherUsage = this.otherUsage.filter(() => draw.chance(0.8)))],
      ['kinds became available, or not', () => (this.missingKinds = draw.chance(0.5) ? {} : this.someRefused())],
      ['rows of nobody', () => this.use(null, nowMs, 60, 3)],
    ])
    happen()
    this.people = draw.chance(0.2) ? this.people.toReversed() : this.people
    return words
  }

  private newcomer(nowMs: number): ModelPerson {
    const { draw } = this
    const number = (this.numbered += 1)
    const addedAt = Math.floor(nowMs / 1000) - draw.between(0, 120) * DAY_S
    return {
      id: number === 7 ? `${this.prefix}/ü ${number}%` : `${this.prefix}-${number}`,
      email: draw.unless(0.1, this.email(`a${number}`), null),
      name: draw.unless(0.1, `${draw.pick(['ada', 'Bo', 'Čeněk', 'Łukasz', 'Ádám'])} ${number % 9}`, null),
      role: draw.unless(0.1, draw.pick(ROLES), null),
      isServiceAccount: draw.chance(0.1),
      isScimManaged: draw.chance(0.1),
      enabled: draw.unless(0.15, null, draw.chance(0.3)),
      banned: draw.unless(0.1, null, draw.chance(0.5)),
      addedAt: number % 10 === 3 ? null : addedAt,
      keyLastUsedAt: draw.unless(0.2, null, this.instant(nowMs, 90)),
      projects: null,
    }
  }

  private leave(people: number): void {
    this.left.push(...this.people.splice(this.draw.between(0, Math.max(0, this.people.length - people)), people))
  }

  private leaveAfterUse(): void {
    const used = new Set(this.usage.map((row) => row.userId))
    const leaving = this.people.find((person) => used.has(person.id))
    if (leaving === undefined || this.people.length === 1) return
    this.people = this.people.filter((person) => person !== leaving)
    this.left.push(leaving)
  }

  private alter(change: Partial<ModelPerson>): void {
    if (this.people.length === 0) return
    const { id } = this.draw.pick(this.people)
    this.people = this.people.map((person) => (person.id === id ? { ...person, ...change } : person))
  }

  private useKeyBesideUsage(): void {
    for (const { id } of this.draw.some(this.people, 0.5)) {
      const days = this.usage.filter((row) => row.userId === id && row.requests > 0).map((row) => row.day)
      const keyLastUsedAt = Date.parse(days.toSorted().at(-1) ?? '') / 1000
      const isTheirs = (person: ModelPerson) => person.id === id && !Number.isNaN(keyLastUsedAt)
      this.people = this.people.map((person) => (isTheirs(person) ? { ...person, keyLastUsedAt } : person))
    }
  }

  private useBySome(nowMs: number, daysBack: number): void {
    for (const { id } of this.draw.some(this.people, 0.4)) this.use(id, nowMs, daysBack, 2)
  }

  /** Adds rows on days up to now. OpenAI sums rows of one day, user and model, so no such row occurs twice. */
  private use(userId: string | null, nowMs: number, daysBack: number, rows: number): void {
    for (let row = 0; row < rows; row += 1) {
      const day = dayAt(nowMs, -this.draw.between(0, daysBack))
      const model = this.draw.pick(MODELS)
      const isOther = (each: ModelUsage) => each.day !== day || each.userId !== userId || each.model !== model
      this.usage = [...this.usage.filter(isOther), { day, userId, model, ...this.numbers() }]
    }
  }

  /** Rows of other kinds, as OpenAI sums them: some kinds have no model, some nobody, and some no requests. */
  private useOtherKinds(nowMs: number, rows: number): void {
    const { draw } = this
    for (let row = 0; row < rows; row += 1) {
      const day = dayAt(nowMs, -draw.unless(0.5, draw.between(0, 5), draw.between(0, 70)))
      const kind = draw.pick(KINDS)
      const isOfProjects = ['vector_stores', 'code_interpreter_sessions'].includes(kind)
      const somebody = this.people.length === 0 ? null : draw.pick(this.people).id
      const userId = isOfProjects ? null : draw.unless(0.3, somebody, draw.pick([null, ...this.strangers]))
      const model = isOfProjects || kind === 'file_search_calls' ? null : draw.pick(['m1', 'm2', '__proto__'])
      const requests = isOfProjects ? 0 : draw.unless(0.2, draw.between(1, 30), 0)
      const quantity = this.quantityOf(kind, requests)
      const isOther = (each: ModelOtherUsage) =>
        each.day !== day || each.kind !== kind || each.userId !== userId || each.model !== model
      this.otherUsage = [...this.otherUsage.filter(isOther), { day, userId, kind, model, requests, quantity }]
    }
  }

  private someRefused(): Record<string, number> {
    return Object.fromEntries(this.draw.some(KINDS, 0.3).map((kind) => [kind, this.draw.pick([403, 404])]))
  }

  private quantityOf(kind: string, requests: number): number {
    if (['embeddings', 'moderations'].includes(kind)) return 0
    // Its calls are its requests.
    return kind === 'file_search_calls' ? requests : this.draw.between(0, 2_000)
  }

  /** All its numbers, or one alone. */
  private revised(row: ModelUsage): ModelUsage {
    const { draw } = this
    if (draw.chance(0.5)) return { ...row, ...this.numbers() }
    return draw.chance(0.5)
      ? { ...row, cachedInputTokens: draw.between(0, row.inputTokens) }
      : { ...row, outputTokens: row.outputTokens + 1 }
  }

  private numbers(): ModelNumbers {
    const { draw } = this
    const requests = draw.unless(0.1, draw.between(1, 40), 0)
    const inputTokens = draw.unless(0.1, draw.between(0, 5_000), 0)
    return { requests, inputTokens, cachedInputTokens: draw.between(0, inputTokens), outputTokens: requests * 3 }
  }

  private email(name: string): string {
    return `${name}.${this.prefix}@${this.draw.pick(DOMAINS)}`
  }

  private instant(nowMs: number, daysBack: number): number {
    return Math.floor(nowMs / 1000) - this.draw.between(0, daysBack * DAY_S)
  }
}
