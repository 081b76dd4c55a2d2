import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { type ContactOf, identityOf, shownActor } from './actors.ts'
import type { Dimension, ReportQuery } from './report-query.ts'
import type { Switches } from './switches.ts'
import type { Attribution } from './usage-rows.ts'
import { timestampOf } from './timestamp.ts'

/** Dimensions that the simulated company does not have: always null. */
const ABSENT = [
  'agent_id',
  'claude_tag_category',
  'claude_tag_user_id',
  'context_window',
  'deployment_id',
  'environment_id',
  'inference_geo',
  'organization_id',
  'rbac_group_id',
  'service_tier',
  'session_id',
  'slack_channel_id',
  'speed',
  'user_profile_id',
]

/** What belongs to one row of a report. */
export interface ReportRow<Item> {
  readonly starting_at: string
  readonly ending_at: string
  readonly items: readonly Item[]
}

const VALUE_OF: Readonly<Record<Dimension, (item: Attribution) => string | null>> = {
  actor: ({ actor }) => identityOf(actor),
  actor_type: ({ actor }) => (actor === null || actor.type === 'hidden' ? null : actor.type),
  model: ({ model }) => model,
  product: ({ product }) => product,
  api_key_id: ({ apiKeyId }) => apiKeyId,
  workspace_id: ({ workspaceId }) => workspaceId,
}

export function isDimension(name: string): name is Dimension {
  return name in VALUE_OF
}

/** Groups what happened as a query requires: a row for each combination that occurs, in the order of the query. */
export function reportRows<Item extends Attribution, Metric>(
  query: ReportQuery<string, Metric>,
  itemsOn: (day: number) => readonly Item[],
  { keyOf, metricOf }: { readonly keyOf?: (item: Item) => string; readonly metricOf: (row: readonly Item[]) => bigint },
): ReportRow<Item>[] {
  const groups = query.groups.filter((name) => isDimension(name))
  const placeOf = (item: Item) => JSON.stringify([keyOf?.(item), ...groups.map((name) => VALUE_OF[name](item))])
  const days = Array.from({ length: query.toDay - query.fromDay }, (_, index) => query.fromDay + index)
  const buckets = query.whole === null ? days.map((day) => [day]) : [days]
  const rows = buckets.flatMap((bucket) => {
    const bounds = boundsOf(bucket, query.whole)
    const byPlace = Map.groupBy(
      bucket.flatMap((day) => itemsOn(day)),
      placeOf,
    )
    return [...byPlace].map(([place, items]) => ({ ...bounds, items, place, metric: metricOf(items) }))
  })
  const sign = query.isAscending ? 1 : -1
  const sorted = rows.toSorted((left, right) => {
    const byTime = query.isByTime ? sign * compare(left.starting_at, right.starting_at) : 0
    // Within a bucket the most come first, whatever the order of the buckets.
    const byMetric = (query.isByTime ? -1 : sign) * compare(left.metric, right.metric)
    return byTime || byMetric || compare(left.starting_at, right.starting_at) || compare(left.place, right.place)
  })
  return sorted.map(({ starting_at, ending_at, items }) => ({ starting_at, ending_at, items }))
}

/** The values of a row's dimensions. Each is null unless the query groups by it. */
export function groupOf(
  item: Attribution,
  groups: readonly string[],
  contactOf: ContactOf,
  { unknownActors }: Switches,
): Record<string, unknown> {
  const known = Object.entries(VALUE_OF).map(([name, valueOf]) => [name, groups.includes(name) ? valueOf(item) : null])
  return {
    ...Object.fromEntries(ABSENT.map((name) => [name, null])),
    ...Object.fromEntries(known),
    actor: groups.includes('actor') ? shownActor(item.actor, contactOf, unknownActors) : null,
  }
}

function boundsOf(days: readonly number[], whole: ReportQuery<string, unknown>['whole']) {
  const [first = 0] = days
  const { startMs, endMs } = whole ?? { startMs: first * MS_PER_DAY, endMs: (first + 1) * MS_PER_DAY }
  return { starting_at: timestampOf(startMs), ending_at: timestampOf(endMs) }
}

function compare<Value extends string | bigint>(left: Value, right: Value): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
