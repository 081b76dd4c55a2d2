import { chance, quickChance } from './random.ts'

const MODELS = ['gpt-5', 'gpt-5-mini', 'gpt-4.1', 'o4-mini']
const PROJECTS = ['proj_search', 'proj_support', 'proj_research']
/** Usage arrives in lumps of a quarter of an hour. */
const LUMPS_PER_DAY = 96

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

/** A user's ways, which do not change from day to day. */
export interface Habit {
  readonly userId: string | null
  /** A number that stands for the user. */
  readonly seed: number
  /** From 0 to 1. Below 0.3 they never use it. */
  readonly keenness: number
  readonly models: readonly number[]
  readonly projectId: string
  readonly apiKeyId: string
}

/** The part of a day, as shares of it, and how many days ago it was. */
export interface Span {
  readonly day: number
  readonly from: number
  readonly to: number
  readonly daysAgo: number
}

/** The share of a day that has passed at a time of it, in lumps. */
export function shareOfDay(ms: number, msPerDay: number): number {
  return Math.min(LUMPS_PER_DAY, Math.max(0, Math.floor((ms / msPerDay) * LUMPS_PER_DAY))) / LUMPS_PER_DAY
}

/** The ways of a user. `keenness` is theirs by chance unless told. */
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

/** What a user used in a span of a day, by model; nothing at weekends for most, and on days off. */
export function rowsOf(habit: Habit, span: Span): SimulatedRow[] {
  if (habit.keenness < 0.3) return []
  // 1970-01-01 was a Thursday.
  const weekday = (span.day + 4) % 7
  const appetite = weekday === 0 || weekday === 6 ? habit.keenness * 0.2 : habit.keenness
  if (quickChance(habit.seed, span.day, 1) > appetite) return []
  return habit.models.map((model) => rowOf(habit, model, span)).filter((row) => row.requests > 0)
}

function rowOf(habit: Habit, model: number, span: Span): SimulatedRow {
  const luck = (purpose: number) => quickChance(habit.seed, span.day, model, purpose)
  const isRevised = span.daysAgo >= 2 && luck(2) < 0.08
  // Few use it a lot: the cube makes heavy users of the keenest.
  const whole =
    Math.ceil((4 + habit.keenness ** 3 * 160) * (0.5 + luck(3))) + (isRevised ? 1 + Math.floor(luck(4) * 3) : 0)
  const requests = Math.floor(whole * span.to) - Math.floor(whole * span.from)
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
