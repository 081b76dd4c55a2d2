import type { AnyListItems } from '../../shared/data-sets/by-list.ts'
import type { ListDataSet } from '../../shared/data-sets/data-set.ts'
import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import { withEarlierParts } from '../../shared/data-sets/day-series/earlier-parts.ts'
import { DAY_SERIES, LISTS } from '../../shared/data-sets/registry.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { OrganizationReading } from './read-organization.ts'

/**
 * A reading together with what stays of the ones before it: parts that the provider did not give, such as keys of a project or
 * a kind of usage, are those of their last reading.
 */
export function completeReading(
  reading: OrganizationReading,
  before: Snapshot | null,
  { published }: Pick<Integration, 'published'>,
): OrganizationReading {
  if (before === null || published === null) return reading
  const series = new Map(reading.series)
  const digests = new Map(reading.digests)
  for (const { id } of DAY_SERIES.filter((each) => 'isWholeByPart' in each)) {
    const [read, pointer] = [reading.series.get(id), published.dataSets[id]]
    if (read?.missing === undefined || pointer === undefined) continue
    const complete = withEarlierParts(read, { ...pointer, table: before.series[id] })
    series.set(id, complete)
    if (complete.table !== read.table) digests.set(id, digestOf(complete.table))
  }
  return { ...reading, series, digests, lists: completeLists(reading, before, published.dataSets) }
}

function completeLists(
  { lists, window }: OrganizationReading,
  before: Snapshot,
  pointers: NonNullable<Integration['published']>['dataSets'],
): OrganizationReading['lists'] {
  const complete = new Map(lists)
  const itemsBefore: AnyListItems = before.lists
  const all: readonly ListDataSet[] = LISTS
  for (const list of all) {
    const [read, items, syncedAt] = [lists.get(list.id), itemsBefore[list.id], pointers[list.id]?.syncedAt]
    if (read === undefined || items == null || syncedAt === undefined || list.complete === undefined) continue
    complete.set(list.id, { ...read, items: list.complete(read.items, { items, syncedAt }, window) })
  }
  return complete
}
