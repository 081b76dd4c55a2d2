import type { Model } from '../model/model.ts'
import type { ModelOrganization, ModelPerson } from '../model/organization.ts'
import type { Draw } from './draw.ts'
import { type RandomEvent, RandomUsage } from './random-usage.ts'

const DAY_S = 86_400
/** `example.com` counts as public mail. */
const DOMAINS = ['acme.example', 'acme.example', 'Mail.Acme.example', 'guest.example', 'notacme.example', 'example.com']
/** What Anthropic does not say of somebody. */
const UNSAID = {
  isServiceAccount: false,
  isScimManaged: false,
  enabled: null,
  banned: null,
  keyLastUsedAt: null,
  projects: null,
} as const

export interface RandomOrganizationOptions {
  readonly provider: Model['provider']
  readonly prefix: string
  readonly size: number
  readonly nowMs: number
}

/** An organization that changes randomly, as far as its provider shows it. Its people are numbered, so nobody occurs twice. */
export class RandomOrganization extends RandomUsage implements ModelOrganization {
  people: ModelPerson[]
  /** Kinds of usage that OpenAI refuses. */
  missingKinds: Readonly<Record<string, number>> = {}
  private readonly options: RandomOrganizationOptions
  private left: ModelPerson[] = []
  private numbered = 0

  constructor(draw: Draw, options: RandomOrganizationOptions) {
    super(draw, options.provider)
    const { size, nowMs } = options
    this.options = options
    this.people = Array.from({ length: size }, () => this.newcomer(nowMs))
    for (const person of this.people) this.use(person.id, nowMs, 100, draw.between(0, 5))
    if (draw.chance(0.5)) this.use(null, nowMs, 70, 3)
    // Their absence proves nothing: no person used the API.
    const people = new Set(this.people.filter((person) => !person.isServiceAccount).map((person) => person.id))
    if (draw.chance(0.3)) this.usage = this.usage.filter(({ userId }) => userId === null || !people.has(userId))
    if (draw.chance(0.7)) this.useOtherKinds(nowMs, this.userIds, 6)
  }

  get userIds(): string[] {
    return this.people.map(({ id }) => id)
  }

  /** A random event. Returns its description. With `keepMost`, nothing happens that makes a listing implausible. */
  change(nowMs: number, { keepMost }: { readonly keepMost: boolean } = { keepMost: false }): string {
    const { draw, options } = this
    const [words, happen] = draw.pick<RandomEvent>([
      ['somebody joined', () => this.people.push(this.newcomer(nowMs))],
      ['somebody left', () => this.leave(1)],
      ['somebody who used it left', () => this.leaveAfterUse()],
      ['some left', () => this.leave(Math.ceil(this.people.length * 0.2))],
      ['most left', () => this.leave(Math.ceil(this.people.length * (keepMost ? 0.1 : 0.7)))],
      ['somebody came back', () => this.people.push(...this.left.splice(0, 1))],
      ['another role', () => this.alter({ role: draw.pick([...this.drawnAt.roles, null]) })],
      ['another email', () => this.alter({ email: this.email('renamed') })],
      ...(options.provider === 'openai' ? this.eventsOfAccounts(nowMs) : []),
      ...this.eventsOfUsage(nowMs, this.userIds),
    ])
    happen()
    this.people = draw.chance(0.2) ? this.people.toReversed() : this.people
    return words
  }

  /** What OpenAI alone says of somebody. */
  private eventsOfAccounts(nowMs: number): RandomEvent[] {
    const { draw } = this
    return [
      ['a ban', () => this.alter({ banned: draw.pick([true, true, false, null]) })],
      ['an account switched off or on', () => this.alter({ enabled: draw.pick([false, false, true, null]) })],
      ['a person became a service account, or one a person', () => this.alter({ isServiceAccount: draw.chance(0.7) })],
      ['SCIM', () => this.alter({ isScimManaged: draw.chance(0.6) })],
      ['an API key was used', () => this.alter({ keyLastUsedAt: this.instant(nowMs, 80) })],
      ['an API key was used on the day of the latest usage', () => this.useKeyBesideUsage()],
      ['a project', () => this.alter({ projects: draw.pick([null, [], [{ id: 'proj_1', name: 'One', role: null }]]) })],
      ['kinds became available, or not', () => (this.missingKinds = draw.chance(0.5) ? {} : this.someRefused())],
    ]
  }

  private newcomer(nowMs: number): ModelPerson {
    const { draw } = this
    const { prefix, provider } = this.options
    const number = (this.numbered += 1)
    const addedAt = Math.floor(nowMs / 1000) - draw.between(0, 120) * DAY_S
    return {
      id: number === 7 ? `${prefix}/ü ${number}%` : `${prefix}-${number}`,
      email: draw.unless(0.1, this.email(`a${number}`), null),
      name: draw.unless(0.1, `${draw.pick(['ada', 'Bo', 'Čeněk', 'Łukasz', 'Ádám'])} ${number % 9}`, null),
      role: draw.unless(0.1, draw.pick(this.drawnAt.roles), null),
      addedAt: number % 10 === 3 ? null : addedAt,
      ...(provider === 'openai' ? this.account(nowMs) : UNSAID),
    }
  }

  private account(nowMs: number) {
    const { draw } = this
    return {
      isServiceAccount: draw.chance(0.1),
      isScimManaged: draw.chance(0.1),
      enabled: draw.unless(0.15, null, draw.chance(0.3)),
      banned: draw.unless(0.1, null, draw.chance(0.5)),
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

  private someRefused(): Record<string, number> {
    const kinds = this.draw.some(this.drawnAt.kinds, 0.3)
    return Object.fromEntries(kinds.map((kind) => [kind, this.draw.pick([403, 404])]))
  }

  private email(name: string): string {
    return `${name}.${this.options.prefix}@${this.draw.pick(DOMAINS)}`
  }

  private instant(nowMs: number, daysBack: number): number {
    return Math.floor(nowMs / 1000) - this.draw.between(0, daysBack * DAY_S)
  }
}
