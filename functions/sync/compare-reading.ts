import { type AnyListItems, itemsByList } from '../../shared/data-sets/by-list.ts'
import { bySeries, type BySeries, allBySeries, tablesBySeries } from '../../shared/data-sets/by-series.ts'
import type { DaySeries, ListDataSet } from '../../shared/data-sets/data-set.ts'
import { changedDays } from '../../shared/data-sets/day-series/changes.ts'
import type { DayTable } from '../../shared/data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import type { SnapshotPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { directory } from '../../shared/data-sets/directory/directory.ts'
import { listChanges } from '../../shared/data-sets/list-changes.ts'
import { DAY_SERIES, LISTS } from '../../shared/data-sets/registry.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { OrganizationReading } from './read-organization.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** The published data before a reading. Series that did not change are the tables of the reading. Null before the first one. */
export async function readPublished(
  { id, published }: Integration,
  reading: OrganizationReading,
  { snapshots }: SyncDependencies,
): Promise<Snapshot | null> {
  if (published === null) return null
  const { dataSets } = published
  const tables = bySeries(async (series): Promise<DayTable> => {
    const pointer = dataSets[series.id]
    const read = reading.series.get(series.id)
    if (pointer === undefined) return emptyTable(series, reading)
    if (read !== undefined && reading.digests.get(series.id) === pointer.digest) return read.table
    return snapshots.readTable<DaySeries>(id, series, pointer)
  })
  const series = await allBySeries(tables)
  const [people, lists] = await Promise.all([
    snapshots.readItems(id, directory, dataSets.directory),
    snapshots.readLists(id, published),
  ])
  return { people, series: tablesBySeries((each) => series[each.id]), lists }
}

/**
 * All data with a complete reading. A data set that could not be read stays as it was. Of one that is not read any more, a series
 * is empty, and a list is null.
 */
export function dataAfter(
  before: Snapshot | null,
  people: readonly SnapshotPerson[],
  reading: OrganizationReading,
): Snapshot {
  const listsBefore: AnyListItems = before?.lists ?? {}
  const itemsOf = (list: ListDataSet) => {
    const kept = reading.problems.has(list.id) ? listsBefore[list.id] : undefined
    return reading.lists.get(list.id)?.items ?? kept ?? null
  }
  const tableOf = (series: DaySeries & { readonly id: keyof BySeries<unknown> }): DayTable => {
    const kept = reading.problems.has(series.id) ? before?.series[series.id] : undefined
    return reading.series.get(series.id)?.table ?? kept ?? emptyTable(series, reading)
  }
  return { people, series: tablesBySeries(tableOf), lists: itemsByList(itemsOf) }
}

function emptyTable(series: DaySeries, { window }: OrganizationReading): DayTable {
  return new DayTableBuilder(series, window).build()
}

/** A reading beside what was published before it. */
export interface Comparison {
  readonly before: Snapshot | null
  readonly after: Snapshot
}

/** How many people, days of people and items of other lists differ, by data set id. */
export function changesOf(before: Snapshot | null, after: Snapshot): ReadonlyMap<string, number> {
  const people = [...listChanges(directory, before?.people ?? [], after.people)].length
  const days = DAY_SERIES.map(({ id }): [string, number] => {
    let count = 0
    for (const _ of changedDays(before?.series[id] ?? null, after.series[id])) count += 1
    return [id, count]
  })
  const [listsBefore, listsAfter]: AnyListItems[] = [before?.lists ?? {}, after.lists]
  const items = LISTS.map((list: ListDataSet): [string, number] => [
    list.id,
    [...listChanges(list, listsBefore?.[list.id] ?? [], listsAfter?.[list.id] ?? [])].length,
  ])
  return new Map([['directory', people], ...days, ...items])
}
