import { quickChance } from '../simulation/random.ts'
import { countIn, isWeekend, type Span } from '../simulation/span.ts'
import type { Actor } from './actors.ts'

export const MODELS = ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-haiku-5-5'] as const

/** What a row of usage or cost can be grouped by. */
export interface Attribution {
  readonly actor: Actor | null
  readonly model: string | null
  /** Null: code execution, whose requests are spans. */
  readonly product: string | null
  readonly apiKeyId: string | null
  readonly workspaceId: string | null
}

/** One row of usage, before the query's grouping. */
export interface SimulatedRow extends Attribution {
  readonly requests: number
  readonly uncachedInputTokens: number
  readonly cacheReadInputTokens: number
  readonly cacheCreation5mInputTokens: number
  readonly cacheCreation1hInputTokens: number
  readonly outputTokens: number
  readonly webSearches: number
}

/** How somebody uses a product, which is constant over time. */
export interface Habit extends Omit<Attribution, 'model' | 'product'> {
  readonly product: string
  readonly models: readonly string[]
  /** A number derived from the actor and the product. */
  readonly seed: number
  /** From 0 to 1: on how many days, and how much. */
  readonly keenness: number
  /** The part of the input that is read from the cache: much for agents, little for chats. */
  readonly cached: number
  /** With code execution and web searches beside the requests. */
  readonly usesTools: boolean
  /** The first day and, exclusive, the last. */
  readonly since: number
  readonly until: number
}

/** What a habit uses in a span of a day, by model. */
export function rowsOf(habit: Habit, span: Span): SimulatedRow[] {
  if (span.day < habit.since || span.day >= habit.until) return []
  const appetite = isWeekend(span.day) ? habit.keenness * 0.15 : habit.keenness
  if (quickChance(habit.seed, span.day, 1) > appetite) return []
  const rows = habit.models.map((model, place) => rowOf(habit, model, place, span))
  return [...rows, ...(habit.usesTools ? [codeExecution(habit, span)] : [])].filter(({ requests }) => requests > 0)
}

function rowOf(habit: Habit, model: string, place: number, span: Span): SimulatedRow {
  const { cached, usesTools, seed, keenness } = habit
  const luck = (purpose: number) => quickChance(seed, span.day, place, purpose)
  // Past days are revised once, by a little.
  const revision = span.daysAgo >= 2 && luck(2) < 0.08 ? 1 + Math.floor(luck(4) * 3) : 0
  const requests = countIn(span, Math.ceil((3 + keenness ** 3 * 220) * (0.5 + luck(3))) + revision)
  const input = requests * (700 + Math.floor(luck(5) * 1_800))
  const cacheReadInputTokens = Math.floor(input * cached * (0.6 + 0.4 * luck(6)))
  const created = Math.floor((input - cacheReadInputTokens) * cached * luck(7))
  const cacheCreation1hInputTokens = Math.floor(created / 4)
  return {
    actor: habit.actor,
    apiKeyId: habit.apiKeyId,
    workspaceId: habit.workspaceId,
    product: habit.product,
    model,
    requests,
    uncachedInputTokens: input - cacheReadInputTokens - created,
    cacheReadInputTokens,
    cacheCreation5mInputTokens: created - cacheCreation1hInputTokens,
    cacheCreation1hInputTokens,
    outputTokens: requests * (90 + Math.floor(luck(8) * 400)),
    webSearches: usesTools ? Math.floor(requests * luck(9) * 0.1) : 0,
  }
}

/** Spans of a sandbox: they have neither a product nor a model nor tokens. */
function codeExecution({ actor, apiKeyId, workspaceId, seed }: Habit, span: Span): SimulatedRow {
  const whole = Math.floor(quickChance(seed, span.day, 11) * 6)
  return {
    actor,
    apiKeyId,
    workspaceId,
    product: null,
    model: null,
    requests: countIn(span, whole),
    uncachedInputTokens: 0,
    cacheReadInputTokens: 0,
    cacheCreation5mInputTokens: 0,
    cacheCreation1hInputTokens: 0,
    outputTokens: 0,
    webSearches: 0,
  }
}
