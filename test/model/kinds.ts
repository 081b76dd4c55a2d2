import { type ModelDataSetResult, notReadResult, readResult } from './data-sets.ts'
import type { ModelPublished, ModelReading } from './model.ts'
import type { ModelOrganization, ModelOtherUsage } from './organization.ts'
import { daysOf, type ModelWindow, order } from './rules.ts'

/** “Other kinds have `quantity` and `unit` (images, characters, seconds, bytes, sessions, calls, null).” */
const UNITS: Readonly<Record<string, string | null>> = {
  embeddings: null,
  moderations: null,
  images: 'images',
  audio_speeches: 'characters',
  audio_transcriptions: 'seconds',
  file_search_calls: 'calls',
  web_search_calls: 'calls',
  vector_stores: 'bytes',
  code_interpreter_sessions: 'sessions',
  decisions: null,
}

export const KINDS = Object.keys(UNITS)

/** The last reading of other kinds. `missing`: those that OpenAI refused by themselves. */
export type ModelOthers = ModelReading & {
  readonly rows: readonly ModelOtherUsage[]
  readonly missing: readonly string[]
}

/** What a sync finds of other kinds in its window. `failure`: a reply leaves out a day on which requests of the kind are known. */
export interface FoundOthers {
  readonly rows: readonly ModelOtherUsage[]
  readonly failure: string | null
}

/** “A kind that answers 404 or 403 is `unavailable` by itself”: what is found is without it. Undefined when switched off. */
export function foundOthers(
  { otherUsage, missingKinds = [], leavesOutEmptyDays }: ModelOrganization,
  window: ModelWindow,
  published: ModelPublished | null,
): FoundOthers | undefined {
  if (otherUsage === undefined) return undefined
  const rows = otherUsage.filter(
    ({ day, kind }) => window.from <= day && day <= window.to && !missingKinds.includes(kind),
  )
  const isStated = ({ day, kind }: ModelOtherUsage) => rows.some((row) => row.day === day && row.kind === kind)
  const isKnown = (row: ModelOtherUsage) =>
    row.requests > 0 && daysOf(window).includes(row.day) && !missingKinds.includes(row.kind)
  const isLost = (published?.others?.rows ?? []).some((row) => isKnown(row) && !isStated(row))
  return { rows, failure: leavesOutEmptyDays === true && isLost ? 'unexpected_reply' : null }
}

/** What is published of them after a sync. One that fails keeps its last reading. */
export function othersAfter(
  found: FoundOthers | undefined,
  before: ModelPublished | null,
  reading: ModelReading,
  { missingKinds = [] }: ModelOrganization,
): ModelOthers | null {
  if (found === undefined) return null
  const { rows, failure } = found
  if (failure !== null) return before?.others ?? null
  return { ...reading, rows: rows.filter((row) => isUsed(row)), missing: missingKinds }
}

/** What the sync says of them. */
export function othersResults(found: FoundOthers | undefined, before: ModelPublished | null): ModelDataSetResult[] {
  if (found === undefined) return []
  const { rows, failure } = found
  if (failure !== null) return [notReadResult('other_usage', failure)]
  return [
    readResult('other_usage', rows.length, {
      before: before?.others?.rows,
      after: rows.filter((row) => isUsed(row)),
    }),
  ]
}

function isUsed({ requests, quantity }: ModelOtherUsage): boolean {
  return requests + quantity > 0
}

/** “Bytes are those of the latest day, not summed”; other quantities are, within their kind. */
export function kindSum(kind: string, rows: readonly ModelOtherUsage[], latestDay: string | undefined) {
  const counted =
    kind === 'vector_stores' && latestDay !== undefined ? rows.filter(({ day }) => day === latestDay) : rows
  const unit = UNITS[kind] ?? null
  return {
    requests: counted.reduce((sum, row) => sum + row.requests, 0),
    quantity: unit === null ? null : counted.reduce((sum, row) => sum + row.quantity, 0),
    unit,
  }
}

/** A person's other kinds on a day, by name. */
export function otherKindsOn(day: string, rows: readonly ModelOtherUsage[]) {
  return [
    ...Map.groupBy(
      rows.filter((row) => row.day === day),
      ({ kind }) => kind,
    ),
  ]
    .toSorted(([left], [right]) => order(left, right))
    .map(([kind, own]) => ({ kind, ...kindSum(kind, own, day) }))
}
