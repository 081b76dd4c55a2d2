import { type ModelDataSetResult, notReadResult, readResult } from './data-sets.ts'
import type { Model, ModelPublished, ModelReading } from './model.ts'
import type { ModelOrganization, ModelOtherUsage } from './organization.ts'
import { dayAt, daysOf, type ModelWindow, order } from './rules.ts'

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
  code_execution: 'calls',
}

/** The other kinds of OpenAI, and those of Anthropic. */
export const KINDS = Object.keys(UNITS).filter((kind) => kind !== 'code_execution')
export const ANTHROPIC_KINDS = ['code_execution']

/** A kind that OpenAI refused by itself. `readAtMs`: when the rows were read that are kept of it. Null when there are none. */
interface ModelMissing {
  readonly kind: string
  readonly status: number
  readonly readAtMs: number | null
}

/** The last reading of other kinds, whole by kind: one that was refused keeps its rows of before. */
export type ModelOthers = ModelReading & {
  readonly rows: readonly ModelOtherUsage[]
  readonly missing: readonly ModelMissing[]
}

/** What a sync finds of other kinds in its window. `failure`: a reply leaves out a day on which requests of the kind are known. */
export interface FoundOthers {
  readonly rows: readonly ModelOtherUsage[]
  readonly failure: string | null
}

/** “A kind that answers 404 or 403 is `unavailable` by itself”: what is found is without it. Undefined when switched off. */
export function foundOthers(
  { otherUsage, missingKinds = {}, leavesOutEmptyDays }: ModelOrganization,
  window: ModelWindow,
  published: ModelPublished | null,
): FoundOthers | undefined {
  if (otherUsage === undefined) return undefined
  const rows = otherUsage.filter(
    ({ day, kind }) => window.from <= day && day <= window.to && missingKinds[kind] === undefined,
  )
  const isStated = ({ day, kind }: ModelOtherUsage) => rows.some((row) => row.day === day && row.kind === kind)
  const isKnown = (row: ModelOtherUsage) =>
    row.requests > 0 && daysOf(window).includes(row.day) && missingKinds[row.kind] === undefined
  const isLost = (published?.others?.rows ?? []).some((row) => isKnown(row) && !isStated(row))
  return { rows, failure: leavesOutEmptyDays === true && isLost ? 'unexpected_reply' : null }
}

/** What is published of them after a sync. One that fails keeps its last reading. */
export function othersAfter(
  found: FoundOthers | undefined,
  before: ModelPublished | null,
  reading: ModelReading,
  { missingKinds = {} }: ModelOrganization,
): ModelOthers | null {
  const others = before?.others ?? null
  if (found === undefined) return null
  if (found.failure !== null) return others
  const missing = Object.entries(missingKinds).map(([kind, status]) => {
    const earlier = others?.missing.find((each) => each.kind === kind)
    const readAtMs = earlier === undefined ? (others?.atMs ?? null) : earlier.readAtMs
    const isOver = readAtMs === null || dayAt(readAtMs) < reading.window.from
    return { kind, status, readAtMs: isOver ? null : readAtMs }
  })
  const kept = (others?.rows ?? []).filter(
    ({ kind, day }) => missingKinds[kind] !== undefined && reading.window.from <= day && day <= reading.window.to,
  )
  return { ...reading, rows: [...addedUp(found.rows).filter((row) => isUsed(row)), ...kept], missing }
}

/** What the sync says of them. */
export function othersResults(
  found: FoundOthers | undefined,
  before: ModelPublished | null,
  after: ModelOthers | null,
): ModelDataSetResult[] {
  if (found === undefined) return []
  const { rows, failure } = found
  if (failure !== null) return [notReadResult('other_usage', failure)]
  return [
    readResult('other_usage', rows.length, {
      before: before?.others?.rows,
      after: after?.rows ?? [],
    }),
  ]
}

/** Each combination once. */
function addedUp(rows: readonly ModelOtherUsage[]): ModelOtherUsage[] {
  return [
    ...Map.groupBy(rows, ({ day, userId, kind, model }) => JSON.stringify([day, userId, kind, model])).values(),
  ].flatMap((own) => {
    const [first] = own
    const sumOf = (name: 'requests' | 'quantity') => own.reduce((sum, row) => sum + row[name], 0)
    return first === undefined ? [] : [{ ...first, requests: sumOf('requests'), quantity: sumOf('quantity') }]
  })
}

function isUsed({ requests, quantity }: ModelOtherUsage): boolean {
  return requests + quantity > 0
}

/** “Bytes are those of the latest day, not summed”; other quantities are, within their kind. */
export function kindSum(kind: string, rows: readonly ModelOtherUsage[], latestDay: string | null) {
  const counted = kind === 'vector_stores' ? rows.filter(({ day }) => day === latestDay) : rows
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

/** Of two readings that an answer shows, the older one: that of the primary kind, or of the others. */
export function olderOfKinds({ published }: Model): ModelReading | null {
  const others = published?.others ?? null
  return others !== null && published !== null && others.atMs < published.atMs ? others : published
}

/** The kinds that the integration says are missing, by name. */
export function missingAnswer(others: ModelOthers | null) {
  const missing = (others?.missing ?? []).map(({ kind, status, readAtMs }) => ({
    part: kind,
    code: status === 404 ? 'data_set_unavailable' : 'insufficient_permissions',
    rowsAsOf: readAtMs === null ? null : new Date(readAtMs).toISOString(),
  }))
  return missing.toSorted((left, right) => order(left.part, right.part))
}
