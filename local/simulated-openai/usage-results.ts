import { ApiError } from '../simulation/api-error.ts'
import { listFrom } from './query.ts'
import { chance } from '../simulation/random.ts'
import type { SimulatedRow } from './usage-rows.ts'

/** What every row of usage has. */
export interface AttributedRow {
  readonly userId: string | null
  readonly projectId: string
  readonly apiKeyId: string | null
  readonly model: string | null
}

const VALUE_OF = {
  project_id: (row: AttributedRow) => row.projectId,
  user_id: (row: AttributedRow) => row.userId,
  api_key_id: (row: AttributedRow) => row.apiKeyId,
  model: (row: AttributedRow) => row.model,
  batch: () => false,
  service_tier: () => 'default',
  size: () => '1024x1024',
  source: () => 'image.generation',
  vector_store_id: () => 'vs_handbook',
  context_level: () => 'medium',
} as const satisfies Readonly<Record<string, (row: AttributedRow) => string | boolean | null>>

export type Dimension = keyof typeof VALUE_OF

/** How usage of a kind is reported. */
export interface UsageReport<Row extends AttributedRow> {
  /** The name of a result object. */
  readonly object: string
  /** What its results can be grouped by. */
  readonly dimensions: readonly Dimension[]
  readonly numbers: Readonly<Record<string, (row: Row) => number>>
}

/** https://platform.openai.com/docs/api-reference/usage/completions_object */
export const COMPLETIONS: UsageReport<SimulatedRow> = {
  object: 'organization.usage.completions.result',
  dimensions: ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier'],
  numbers: {
    input_tokens: (row) => row.inputTokens,
    output_tokens: (row) => row.outputTokens,
    input_cached_tokens: (row) => row.cachedInputTokens,
    input_audio_tokens: () => 0,
    output_audio_tokens: () => 0,
    num_model_requests: (row) => row.requests,
  },
}

const FILTERS = [
  ['project_ids', 'project_id'],
  ['user_ids', 'user_id'],
  ['api_key_ids', 'api_key_id'],
  ['models', 'model'],
] as const

/**
 * Filters, groups and sums rows as a query requests. Throws `ApiError` 400 for a dimension that the report does not have.
 * `areNull` says that all numbers are null.
 */
export function resultsMaker<Row extends AttributedRow>(
  query: URLSearchParams,
  report: UsageReport<Row>,
  areNull = false,
): (rows: readonly Row[]) => unknown[] {
  const groups = listFrom(query, 'group_by').map((name) => dimensionOf(name, report.dimensions))
  const filters = FILTERS.map(([name, dimension]) => ({ dimension, wanted: new Set(listFrom(query, name)) }))
  const isWanted = (row: Row) =>
    filters.every(({ dimension, wanted }) => wanted.size === 0 || wanted.has(String(VALUE_OF[dimension](row))))
  const placeOf = (row: Row) => JSON.stringify(groups.map((dimension) => VALUE_OF[dimension](row)))
  return (rows) => {
    const sums = Map.groupBy(rows.filter(isWanted), placeOf)
    return [...sums.values()].map((some) => resultOf(report, some, groups, areNull))
  }
}

/** Removes the user from a share of the rows, the same ones each time. */
export function withoutSomeUsers<Row extends AttributedRow>(
  rows: readonly Row[],
  share: number,
  fromMs: number,
): readonly Row[] {
  if (share <= 0) return rows
  return rows.map((row) =>
    chance('nobody', row.userId ?? '', row.model ?? '', fromMs) < share ? { ...row, userId: null } : row,
  )
}

function dimensionOf(name: string, dimensions: readonly Dimension[]): Dimension {
  const known = dimensions.find((dimension) => dimension === name)
  if (known !== undefined) return known
  const supported = dimensions.join(', ')
  throw new ApiError(400, `Invalid 'group_by': '${name}'. Supported values are: ${supported}.`, 'invalid_value')
}

/** A dimension is null unless the query groups by it. */
function resultOf<Row extends AttributedRow>(
  { object, dimensions, numbers }: UsageReport<Row>,
  rows: readonly Row[],
  groups: readonly Dimension[],
  areNull: boolean,
): unknown {
  const [first] = rows
  const sums = Object.entries(numbers).map(([name, numberOf]) => [
    name,
    areNull ? null : rows.reduce((total, row) => total + numberOf(row), 0),
  ])
  const values = dimensions.map((dimension) => [
    dimension,
    first !== undefined && groups.includes(dimension) ? VALUE_OF[dimension](first) : null,
  ])
  return { object, ...Object.fromEntries(sums), ...Object.fromEntries(values) }
}
