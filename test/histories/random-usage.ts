import type { Model } from '../model/model.ts'
import type { ModelNumbers, ModelOtherUsage, ModelUsage } from '../model/organization.ts'
import { dayAt } from '../model/rules.ts'
import type { Draw } from './draw.ts'
import { DRAWN_AT, type DrawnAt } from './drawn-at.ts'

const MODELS = ['gpt-5', 'gpt-5-mini', 'o4-mini', '__proto__']
/** Kinds that are attributed to projects alone, and have no requests. */
const OF_PROJECTS = ['vector_stores', 'code_interpreter_sessions']

/** A random event: its description, and what happens. */
export type RandomEvent = readonly [description: string, happen: () => void]

/** What an organization's people use, which comes late, is revised and vanishes. */
export class RandomUsage {
  usage: ModelUsage[] = []
  otherUsage: ModelOtherUsage[] = []
  protected readonly draw: Draw
  protected readonly drawnAt: DrawnAt

  constructor(draw: Draw, provider: Model['provider']) {
    this.draw = draw
    this.drawnAt = DRAWN_AT[provider]
  }

  protected eventsOfUsage(nowMs: number, userIds: readonly string[]): RandomEvent[] {
    const { draw } = this
    const bySome = (daysBack: number) => {
      for (const id of draw.some(userIds, 0.4)) this.use(id, nowMs, daysBack, 2)
    }
    return [
      ['usage came in', () => bySome(3)],
      ['old usage came in', () => bySome(70)],
      ['usage was revised', () => this.revise()],
      ['rows vanished', () => (this.usage = this.usage.filter(() => draw.chance(0.8)))],
      ['all usage vanished', () => (this.usage = draw.chance(0.3) ? [] : this.usage)],
      ['rows of a stranger', () => this.use(draw.pick(this.drawnAt.strangers), nowMs, 60, 3)],
      ['usage of other kinds came in', () => this.useOtherKinds(nowMs, userIds, 3)],
      ['rows of other kinds vanished', () => (this.otherUsage = this.otherUsage.filter(() => draw.chance(0.8)))],
      ['rows of nobody', () => this.use(null, nowMs, 60, 3)],
    ]
  }

  /** Adds rows on days up to now. A provider sums rows of one day, user and model, so no such row occurs twice. */
  protected use(userId: string | null, nowMs: number, daysBack: number, rows: number): void {
    for (let row = 0; row < rows; row += 1) {
      const day = dayAt(nowMs, -this.draw.between(0, daysBack))
      const model = this.draw.pick(MODELS)
      const isOther = (each: ModelUsage) => each.day !== day || each.userId !== userId || each.model !== model
      this.usage = [...this.usage.filter(isOther), { day, userId, model, ...this.numbers() }]
    }
  }

  /** Rows of other kinds, as a provider sums them: some kinds have no model, some nobody, and some no requests. */
  protected useOtherKinds(nowMs: number, userIds: readonly string[], rows: number): void {
    const { draw, drawnAt } = this
    for (let row = 0; row < rows; row += 1) {
      const day = dayAt(nowMs, -draw.unless(0.5, draw.between(0, 5), draw.between(0, 70)))
      const kind = draw.pick(drawnAt.kinds)
      const isOfProjects = OF_PROJECTS.includes(kind)
      const somebody = userIds.length === 0 ? null : draw.pick(userIds)
      const userId = isOfProjects ? null : draw.unless(0.3, somebody, draw.pick([null, ...drawnAt.strangers]))
      const model = isOfProjects || kind === 'file_search_calls' ? null : draw.pick(['m1', 'm2', '__proto__'])
      const hasNoRequests = isOfProjects || kind === 'code_execution'
      const requests = hasNoRequests ? 0 : draw.unless(0.2, draw.between(1, 30), 0)
      const quantity = this.quantityOf(kind, requests)
      const isOther = (each: ModelOtherUsage) =>
        each.day !== day || each.kind !== kind || each.userId !== userId || each.model !== model
      this.otherUsage = [...this.otherUsage.filter(isOther), { day, userId, kind, model, requests, quantity }]
    }
  }

  private quantityOf(kind: string, requests: number): number {
    if (['embeddings', 'moderations'].includes(kind)) return 0
    // Its calls are its requests.
    return kind === 'file_search_calls' ? requests : this.draw.between(0, 2_000)
  }

  private revise(): void {
    this.usage = this.usage.map((row) => (this.draw.chance(0.2) ? this.revised(row) : row))
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
}
