import { ApiError } from './api-error.ts'
import { listFrom } from './query.ts'
import { chance } from './random.ts'
import type { SimulatedRow } from './usage-rows.ts'

type Dimension = 'project_id' | 'user_id' | 'api_key_id' | 'model' | 'batch' | 'service_tier'

const VALUE_OF: Readonly<Record<Dimension, (row: SimulatedRow) => string | boolean | null>> = {
  project_id: (row) => row.projectId,
  user_id: (row) => row.userId,
  api_key_id: (row) => row.apiKeyId,
  model: (row) => row.model,
  batch: () => false,
  service_tier: () => 'default',
}
const FILTERS = [
  ['project_ids', 'project_id'],
  ['user_ids', 'user_id'],
  ['api_key_ids', 'api_key_id'],
  ['models', 'model'],
] as const

/** Filters, groups and sums rows as a query requests. Throws `ApiError` 400 for an unknown dimension. */
export function resultsMaker(query: URLSearchParams): (rows: readonly SimulatedRow[]) => unknown[] {
  const groups = listFrom(query, 'group_by').map(dimensionOf)
  const filters = FILTERS.map(([name, dimension]) => ({ dimension, wanted: new Set(listFrom(query, name)) }))
  const isWanted = (row: SimulatedRow) =>
    filters.every(({ dimension, wanted }) => wanted.size === 0 || wanted.has(String(VALUE_OF[dimension](row))))
  const placeOf = (row: SimulatedRow) => JSON.stringify(groups.map((dimension) => VALUE_OF[dimension](row)))
  return (rows) => {
    const sums = Map.groupBy(rows.filter(isWanted), placeOf)
    return [...sums.values()].map((some) => resultOf(some, groups))
  }
}

/** Removes the user from a share of the rows, the same ones each time. */
export function withoutSomeUsers(rows: readonly SimulatedRow[], share: number, fromMs: number): SimulatedRow[] {
  if (share <= 0) return [...rows]
  return rows.map((row) =>
    chance('nobody', row.userId ?? '', row.model, fromMs) < share ? { ...row, userId: null } : row,
  )
}

function dimensionOf(name: string): Dimension {
  const known = Object.keys(VALUE_OF).find((dimension): dimension is Dimension => dimension === name)
  if (known !== undefined) return known
  const supported = Object.keys(VALUE_OF).join(', ')
  throw new ApiError(400, `Invalid 'group_by': '${name}'. Supported values are: ${supported}.`, 'invalid_value')
}

/** A dimension is null unless the query groups by it. */
function resultOf(rows: readonly SimulatedRow[], groups: readonly Dimension[]): unknown {
  const sum = (numberOf: (row: SimulatedRow) => number) => rows.reduce((total, row) => total + numberOf(row), 0)
  const [first] = rows
  const valueOf = (dimension: Dimension) =>
    first !== undefined && groups.includes(dimension) ? VALUE_OF[dimension](first) : null
  return {
    object: 'organization.usage.completions.result',
    input_tokens: sum((row) => row.inputTokens),
    output_tokens: sum((row) => row.outputTokens),
    input_cached_tokens: sum((row) => row.cachedInputTokens),
    input_audio_tokens: 0,
    output_audio_tokens: 0,
    num_model_requests: sum((row) => row.requests),
    project_id: valueOf('project_id'),
    user_id: valueOf('user_id'),
    api_key_id: valueOf('api_key_id'),
    model: valueOf('model'),
    batch: valueOf('batch'),
    service_tier: valueOf('service_tier'),
  }
}
