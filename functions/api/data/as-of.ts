import { effectiveSchedule } from '../../../shared/schedules/schedule.ts'
import type { WireAsOf } from '../../../shared/contracts/data-contract.ts'
import type { MissingPart } from '../../../shared/data-sets/data-set.ts'
import { SOURCE_DATA_SETS } from '../../../shared/data-sets/directory/last-activity.ts'
import { isUnread, keys } from '../../../shared/data-sets/keys/keys.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { isWithin, type Window } from '../../../shared/domain/window.ts'
import { type DataSetState, dataSetState } from '../../../shared/integrations/integration.ts'
import { isStale } from '../../../shared/schedules/schedule-times.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { DataSetNotReadError, ValidationError } from '../http/api-errors.ts'
import type { OrganizationData } from './snapshot-cache.ts'

/** The last reading of a data set. Null before the first one. */
export function readingOf(
  { published }: OrganizationData,
  dataSet: string,
): (Window & { readonly syncedAt: string }) | null {
  const pointer = published?.dataSets[dataSet]
  return pointer === undefined ? null : { syncedAt: pointer.syncedAt, ...pointer.window }
}

/** The reading of a data set that an answer shows: of several, the oldest one. Null before the first one. */
export function asOf(
  deps: Pick<ApiDependencies, 'schedules' | 'now'>,
  data: OrganizationData,
  dataSets: readonly string[] = ['directory'],
): WireAsOf | null {
  const readings = dataSets.flatMap((id) => data.published?.dataSets[id] ?? [])
  const [pointer] = readings.toSorted((left, right) => (left.syncedAt <= right.syncedAt ? -1 : 1))
  if (pointer === undefined) return null
  const { syncId, syncedAt, window } = pointer
  const schedule = effectiveSchedule(data.integration.schedule, deps.schedules)
  const stale = isStale(schedule, new Date(syncedAt), deps.now())
  return { syncId, syncedAt, from: window.from, to: window.to, stale }
}

/** The same for an answer that there is not before the first reading. Throws `DataSetNotReadError`. */
export function requireAsOf(
  deps: Pick<ApiDependencies, 'schedules' | 'now'>,
  data: OrganizationData,
  dataSet: string,
): WireAsOf {
  const found = asOf(deps, data, [dataSet])
  if (found === null) throw new DataSetNotReadError(dataSet, dataSetState(data.integration, dataSet))
  return found
}

/** The states of a data set that the last sync was refused as a whole. */
const REFUSED_STATES: readonly DataSetState[] = ['not_permitted', 'unavailable']

/**
 * The data sets with activity that were wholly read, for all days that the directory's answers are about. What the organization
 * never had is not missing.
 */
export function sourcesOf({ integration, published, loaded }: OrganizationData): string[] {
  if (published === null) return []
  const { window, syncId } = published.dataSets.directory
  const isProjectUnread = (loaded.snapshot.lists.keys ?? []).some((item) => isUnread(item) && item.project !== null)
  return SOURCE_DATA_SETS.filter((id) => {
    const pointer = published.dataSets[id]
    if (pointer === undefined) return false
    // Refused after the reading that is shown, it counts: a failed sync changes nothing.
    if (pointer.syncId !== syncId && REFUSED_STATES.includes(dataSetState(integration, id))) return false
    if (pointer.window.from > window.from || pointer.window.to < window.to) return false
    const isWhole = (pointer.missing ?? []).every((part) => neverExisted(part))
    return isWhole && !(id === keys.id && isProjectUnread)
  })
}

function neverExisted({ code, readAt }: MissingPart): boolean {
  return code === 'data_set_unavailable' && readAt === null
}

/** The requested days. Default: the whole window. Throws `ValidationError`. */
export function rangeOf(query: { from?: Day | undefined; to?: Day | undefined }, window: Window): Window {
  const range = { from: query.from ?? window.from, to: query.to ?? window.to }
  for (const field of ['from', 'to'] as const) {
    if (isWithin(range[field], window)) continue
    throw new ValidationError([{ field, message: `must lie between ${window.from} and ${window.to}` }])
  }
  requireOrder(query)
  return range
}

/** Throws `ValidationError` for a range that ends before it begins. */
export function requireOrder({ from, to }: { from?: Day | undefined; to?: Day | undefined }): void {
  if (from === undefined || to === undefined || from <= to) return
  throw new ValidationError([{ field: 'from', message: 'must not be after to' }])
}
