import { chance, quickChance } from '../simulation/random.ts'
import { countIn, isWeekend, type Span } from '../simulation/span.ts'

const MODELS = ['gpt-5', 'gpt-5-mini', 'gpt-4.1', 'o4-mini']
export const PROJECTS = ['proj_search', 'proj_support', 'proj_research']

/** One row of usage, before the query's grouping. */
export interface SimulatedRow {
  readonly userId: string | null
  readonly projectId: string
  readonly apiKeyId: string
  readonly model: string
  readonly requests: number
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
}

/** A user's habits, which are constant over time. */
export interface Habit {
  readonly userId: string | null
  /** A number derived from the user. */
  readonly seed: number
  /** From 0 to 1. People below 0.3 never use the API. */
  readonly keenness: number
  readonly models: readonly number[]
  readonly projectId: string
  readonly apiKeyId: string
}

/** The habits of a user. `keenness` is random unless given. */
export function habitOf(seed: string, userId: string | null, keenness?: number): Habit {
  const name = userId ?? 'nobody'
  const own = MODELS.flatMap((_, place) => (chance(seed, name, 'model', place) < 0.4 ? [place] : []))
  return {
    userId,
    seed: Math.floor(chance(seed, name, 'habit') * 0x1_0000_0000),
    keenness: keenness ?? chance(seed, name, 'keen'),
    models: own.length === 0 ? [0] : own,
    projectId: PROJECTS[Math.floor(chance(seed, name, 'project id') * PROJECTS.length)] ?? 'proj_search',
    apiKeyId: `key_${name}`,
  }
}

/** A user's usage in a span of a day, by model. Most have none at weekends and on some other days. */
export function rowsOf(habit: Habit, span: Span): SimulatedRow[] {
  if (habit.keenness < 0.3) return []
  const appetite = isWeekend(span.day) ? habit.keenness * 0.2 : habit.keenness
  if (quickChance(habit.seed, span.day, 1) > appetite) return []
  return habit.models.map((model) => rowOf(habit, model, span)).filter((row) => row.requests > 0)
}

function rowOf(habit: Habit, model: number, span: Span): SimulatedRow {
  const luck = (purpose: number) => quickChance(habit.seed, span.day, model, purpose)
  const isRevised = span.daysAgo >= 2 && luck(2) < 0.08
  // A few people use it heavily: the cube emphasizes the keenest.
  const whole =
    Math.ceil((4 + habit.keenness ** 3 * 160) * (0.5 + luck(3))) + (isRevised ? 1 + Math.floor(luck(4) * 3) : 0)
  const requests = countIn(span, whole)
  const inputTokens = requests * (400 + Math.floor(luck(5) * 900))
  return {
    userId: habit.userId,
    projectId: habit.projectId,
    apiKeyId: habit.apiKeyId,
    model: MODELS[model] ?? 'gpt-5',
    requests,
    inputTokens,
    cachedInputTokens: Math.floor(luck(6) * 0.5 * inputTokens),
    outputTokens: requests * (80 + Math.floor(luck(7) * 250)),
  }
}
