import { quickChance } from '../simulation/random.ts'
import type { Dimension, UsageReport } from './usage-results.ts'
import { countIn, isWeekend, type Span } from '../simulation/span.ts'
import { type Habit, PROJECTS } from './usage-rows.ts'

/** One row of usage of a kind beside completions, before the query's grouping. Rows of projects have no user, key or model. */
export interface SimulatedKindRow {
  readonly userId: string | null
  readonly projectId: string
  readonly apiKeyId: string | null
  readonly model: string | null
  readonly requests: number
  readonly quantity: number
}

/** How a company uses a kind. */
interface KindHabits {
  /** The share of people who use it, from 0 to 1. Null: only projects do. */
  readonly share: number | null
  /** At most, on a day. */
  readonly requests: number
  /** At most, of a request, or of a project on a day. */
  readonly quantity: number
  readonly models: readonly string[]
}

export interface SimulatedKind {
  readonly name: string
  readonly habits: KindHabits
  readonly report: UsageReport<SimulatedKindRow>
}

const OF_PEOPLE: readonly Dimension[] = ['project_id', 'user_id', 'api_key_id']
const BY_MODEL: readonly Dimension[] = [...OF_PEOPLE, 'model']
const requests = (row: SimulatedKindRow) => row.requests
const quantity = (row: SimulatedKindRow) => row.quantity
const tokens = (row: SimulatedKindRow) => row.requests * 300
const none = () => 0

function kind(
  name: string,
  [share, atMostRequests, atMostQuantity, models]: readonly [KindHabits['share'], number, number, KindHabits['models']],
  report: Omit<UsageReport<SimulatedKindRow>, 'object'> & { readonly object?: string },
): SimulatedKind {
  return {
    name,
    habits: { share, requests: atMostRequests, quantity: atMostQuantity, models },
    report: { object: `organization.usage.${name}.result`, ...report },
  }
}

/** https://platform.openai.com/docs/api-reference/usage */
export const KINDS: readonly SimulatedKind[] = [
  kind('embeddings', [0.12, 400, 0, ['text-embedding-3-small', 'text-embedding-3-large']], {
    dimensions: BY_MODEL,
    numbers: { input_tokens: tokens, num_model_requests: requests },
  }),
  kind('moderations', [0.03, 200, 0, ['omni-moderation-latest']], {
    dimensions: BY_MODEL,
    numbers: { input_tokens: tokens, num_model_requests: requests },
  }),
  kind('images', [0.08, 20, 4, ['gpt-image-1']], {
    dimensions: [...BY_MODEL, 'size', 'source'],
    numbers: { images: quantity, num_model_requests: requests },
  }),
  kind('audio_speeches', [0.03, 15, 900, ['gpt-4o-mini-tts']], {
    dimensions: BY_MODEL,
    numbers: { characters: quantity, num_model_requests: requests },
  }),
  kind('audio_transcriptions', [0.05, 12, 600, ['gpt-4o-transcribe', 'whisper-1']], {
    dimensions: BY_MODEL,
    numbers: { seconds: quantity, num_model_requests: requests },
  }),
  kind('file_search_calls', [0.04, 40, 0, []], {
    object: 'organization.usage.file_searches.result',
    dimensions: [...OF_PEOPLE, 'vector_store_id'],
    numbers: { num_requests: requests },
  }),
  kind('web_search_calls', [0.06, 25, 3, ['gpt-5', 'gpt-5-mini']], {
    object: 'organization.usage.web_searches.result',
    dimensions: [...BY_MODEL, 'context_level'],
    numbers: { num_model_requests: requests, num_requests: quantity },
  }),
  kind('vector_stores', [null, 0, 400_000_000, []], {
    dimensions: ['project_id'],
    numbers: { usage_bytes: quantity },
  }),
  kind('code_interpreter_sessions', [null, 0, 30, []], {
    dimensions: ['project_id'],
    numbers: { num_sessions: quantity },
  }),
  kind('decisions', [0.02, 50, 300, ['gpt-5']], {
    dimensions: [...BY_MODEL, 'batch', 'service_tier'],
    numbers: {
      input_tokens: quantity,
      output_tokens: none,
      input_cached_tokens: none,
      input_audio_tokens: none,
      output_audio_tokens: none,
      num_model_requests: requests,
    },
  }),
]

/** What a company with these habits uses of a kind in a span of a day. */
export function kindRowsOf(kind: SimulatedKind, people: readonly Habit[], span: Span): SimulatedKindRow[] {
  const place = KINDS.indexOf(kind)
  if (kind.habits.share === null)
    return PROJECTS.map((projectId, project) => rowOfProject(kind, projectId, project, span))
  return people.flatMap((habit) => rowsOfPerson(kind, place, habit, span)).filter((row) => row.requests > 0)
}

/** Many who use no completions use another kind: they are chosen independently. */
function rowsOfPerson({ habits }: SimulatedKind, place: number, habit: Habit, span: Span): SimulatedKindRow[] {
  if (quickChance(habit.seed, place, 11) >= (habits.share ?? 0)) return []
  const luck = (purpose: number) => quickChance(habit.seed, place, purpose, span.day)
  const appetite = isWeekend(span.day) ? 0.1 : 0.5
  if (luck(12) > appetite) return []
  const whole = Math.ceil(habits.requests * luck(13))
  const count = countIn(span, whole)
  return [
    {
      userId: habit.userId,
      projectId: habit.projectId,
      apiKeyId: habit.apiKeyId,
      model: habits.models[Math.floor(quickChance(habit.seed, place, 14) * habits.models.length)] ?? null,
      requests: count,
      quantity: count * Math.ceil(habits.quantity * luck(15)),
    },
  ]
}

/** Stored bytes grow slowly; sessions differ by the day. */
function rowOfProject(
  { name, habits }: SimulatedKind,
  projectId: string,
  project: number,
  span: Span,
): SimulatedKindRow {
  const luck = quickChance(project, name === 'vector_stores' ? 21 : span.day, 22)
  const share = name === 'vector_stores' ? (span.day % 1_000) / 1_000 : span.to - span.from
  const own = Math.floor(habits.quantity * luck * share)
  return { userId: null, projectId, apiKeyId: null, model: null, requests: 0, quantity: own }
}
