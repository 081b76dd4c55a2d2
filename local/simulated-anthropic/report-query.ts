import * as z from 'zod'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { ApiError } from '../simulation/api-error.ts'
import { dayNumberOf } from '../simulation/utc.ts'
import { limitSchema, parametersOf } from './query.ts'
import type { Switches } from './switches.ts'

const EARLIEST = Date.UTC(2026, 0, 1)
const LOOKBACK_DAYS = 365
const MAX_DAYS = 31
const MAX_GROUPS = 5
const MS_PER_HOUR = 3_600_000

/** What usage can be grouped by. The simulated company has no other dimension. */
export const DIMENSIONS = ['actor', 'actor_type', 'model', 'product', 'api_key_id', 'workspace_id'] as const
/** Costs can also be split into components, whose rows do not count toward the limit. */
export const COST_DIMENSIONS = [...DIMENSIONS, 'cost_type', 'token_type'] as const

export type Dimension = (typeof DIMENSIONS)[number]
export type CostDimension = (typeof COST_DIMENSIONS)[number]

const timestamp = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

function fieldsOf<Name extends string>(dimensions: readonly Name[]) {
  return {
    starting_at: timestamp,
    ending_at: timestamp.optional(),
    time_bucket_width: z.literal('1d', 'this organization is simulated by the day only').optional(),
    'group_by[]': z.array(z.enum(dimensions)).default([]),
    order: z.enum(['asc', 'desc']).default('desc'),
    limit: limitSchema,
    page: z.string().optional(),
  }
}

export const USAGE_METRICS = ['total_tokens', 'requests', 'output_tokens', 'uncached_input_tokens'] as const
export const COST_METRICS = ['amount', 'list_amount'] as const
const usageSchema = z.strictObject({
  ...fieldsOf(DIMENSIONS),
  order_by: z.enum([...USAGE_METRICS, 'time']).optional(),
})
const costSchema = z.strictObject({
  ...fieldsOf(COST_DIMENSIONS),
  order_by: z.enum([...COST_METRICS, 'time']).optional(),
})

/** What a report covers, and in which order. */
export interface ReportQuery<Group, Metric> {
  /** The numbers of the first UTC day and, exclusive, the last. */
  readonly fromDay: number
  readonly toDay: number
  /** The bounds of a row without buckets. Null: a row for each day. */
  readonly whole: { readonly startMs: number; readonly endMs: number } | null
  readonly groups: readonly Group[]
  readonly metric: Metric
  /** By time first, and within a day by the metric, the most first. */
  readonly isByTime: boolean
  readonly isAscending: boolean
  readonly limit: number
}

export type UsageQuery = ReportQuery<Dimension, (typeof USAGE_METRICS)[number]>
export type CostQuery = ReportQuery<CostDimension, (typeof COST_METRICS)[number]>

/** Throws `ApiError` for a query that Anthropic rejects. */
export function usageQuery(query: URLSearchParams, now: Date, switches: Switches): UsageQuery {
  const asked = parametersOf(query, usageSchema)
  const metric = asked.order_by === undefined || asked.order_by === 'time' ? 'total_tokens' : asked.order_by
  return { ...rangeOf(asked, now, switches), groups: groupsOf(asked['group_by[]']), metric, ...orderOf(asked) }
}

/** The same for costs. */
export function costQuery(query: URLSearchParams, now: Date, switches: Switches): CostQuery {
  const asked = parametersOf(query, costSchema)
  const metric = asked.order_by === undefined || asked.order_by === 'time' ? 'amount' : asked.order_by
  return { ...rangeOf(asked, now, switches), groups: groupsOf(asked['group_by[]']), metric, ...orderOf(asked) }
}

function groupsOf<Name extends string>(names: readonly Name[]): Name[] {
  const counted = names.filter((name) => name !== 'cost_type' && name !== 'token_type')
  if (counted.length > MAX_GROUPS) throw new ApiError(400, `group_by[]: at most ${MAX_GROUPS} dimensions`)
  return [...new Set(names)]
}

interface Asked {
  readonly starting_at: number
  readonly ending_at?: number | undefined
  readonly time_bucket_width?: '1d' | undefined
  readonly order_by?: string | undefined
  readonly order: 'asc' | 'desc'
  readonly limit: number
}

/** Without buckets, `time` is the same as the default metric. */
function orderOf({ order_by: orderBy, order, time_bucket_width: width, limit }: Asked) {
  return { isByTime: orderBy === 'time' && width !== undefined, isAscending: order === 'asc', limit }
}

function rangeOf(asked: Asked, now: Date, { futureEndRefused }: Switches) {
  const { starting_at: startMs, ending_at: end, time_bucket_width: width } = asked
  if (startMs < Math.max(EARLIEST, now.getTime() - LOOKBACK_DAYS * MS_PER_DAY)) {
    throw new ApiError(400, 'starting_at: must be within the last 365 days and no earlier than 2026-01-01T00:00:00Z')
  }
  if (end === undefined && width !== undefined) {
    throw new ApiError(400, 'ending_at: is required when time_bucket_width is set')
  }
  const endMs = end ?? Math.min(now.getTime(), startMs + MAX_DAYS * MS_PER_DAY)
  if (endMs <= startMs) throw new ApiError(400, 'ending_at: must be after starting_at')
  if (endMs > startMs + MAX_DAYS * MS_PER_DAY) throw new ApiError(400, `the range may span at most ${MAX_DAYS} days`)
  if (futureEndRefused && endMs > now.getTime()) throw new ApiError(400, 'ending_at: must not be in the future')
  const hourOf = (ms: number) => ms - (ms % MS_PER_HOUR)
  return {
    fromDay: dayNumberOf(startMs),
    toDay: Math.ceil(endMs / MS_PER_DAY),
    whole: width === undefined ? { startMs: hourOf(startMs), endMs: hourOf(endMs) } : null,
  }
}
