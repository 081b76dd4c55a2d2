import { ALL_KINDS } from '../../../shared/contracts/usage-contract.ts'
import type { DaySeries, MissingPart } from '../../../shared/data-sets/data-set.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { byDay } from '../../../shared/data-sets/day-series/series-view.ts'
import {
  allKinds,
  labeled,
  labeledSeries,
  oneKind,
  tableOfAllKinds,
  tableOfKind,
} from '../../../shared/data-sets/other-usage/kind-tables.ts'
import { isStock, OTHER_KIND_NAMES, unitOf } from '../../../shared/data-sets/other-usage/kinds.ts'
import { otherUsage, type OtherUsageTable } from '../../../shared/data-sets/other-usage/other-usage.ts'
import { usage, type UsageTable } from '../../../shared/data-sets/usage/usage.ts'
import { addDays, type Day, dayOf } from '../../../shared/domain/day.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { SeriesData, SeriesForm } from './series-answers.ts'
import type { Published } from '../../../shared/integrations/integration.ts'
import type { OrganizationData } from './snapshot-cache.ts'

/** Which usage an answer is about. */
export interface AskedKind {
  /** A kind, or `all`. */
  readonly kind: string
  readonly primaryKind: string
  readonly groupBy: string
}

/** The form of answers about a kind. Undefined for a kind that the provider does not have. */
export function kindFormOf(asked: AskedKind): SeriesForm | undefined {
  const { kind, primaryKind } = asked
  if (kind === ALL_KINDS) return { series: allKinds }
  const grouped = (series: DaySeries) => (asked.groupBy === 'kind' ? labeledSeries(series) : series)
  if (kind === primaryKind) return { series: grouped(usage) }
  return OTHER_KIND_NAMES.includes(kind) ? { series: grouped(oneKind), unit: unitOf(kind) } : undefined
}

/** The data of a kind. Null before the first successful sync. */
export function kindDataOf(organization: OrganizationData, asked: AskedKind): SeriesData | null {
  if (organization.loaded === null) return null
  const { loaded, published } = organization
  const { kind, primaryKind, groupBy } = asked
  if (kind === primaryKind && groupBy !== 'kind') return loaded.dataOf(usage)
  const { series } = loaded.snapshot
  const summed = tableFor(asked, loaded.summed(series.usage), loaded.summed(series.other_usage))
  const readAt = missingKind(published, kind)?.readAt ?? null
  const lastRead = readAt === null ? summed.window.to : dayOf(new Date(readAt))
  return {
    window: summed.window,
    summed,
    byDay: (range) => byDay(summed, range),
    byPerson: (range) => loaded.byPerson(tableFor(asked, series.usage, series.other_usage), range),
    daysToAddUp: (range) => (isStock(kind) ? latestDay(summed, range, lastRead) : range),
  }
}

function tableFor({ kind, primaryKind, groupBy }: AskedKind, primary: UsageTable, others: OtherUsageTable): DayTable {
  if (kind === ALL_KINDS) return tableOfAllKinds(primaryKind, primary, others)
  const table = kind === primaryKind ? primary : tableOfKind(others, kind)
  return groupBy === 'kind' ? labeled(table, kind) : table
}

/**
 * The latest day of a range, as far as it was read. The day of the reading had not ended, so without data it is not known yet, and
 * the day before it is the latest one. On any other day, no data means that nothing was stored.
 */
function latestDay(table: DayTable, range: Window, lastRead: Day): Window {
  const latest = range.to < lastRead ? range.to : lastRead
  const isKnown = latest < lastRead || byDay(table, { from: latest, to: latest }).length > 0
  const day = isKnown ? latest : addDays(latest, -1)
  return day < range.from ? { from: range.to, to: range.to } : { from: day, to: day }
}

/** What is said of another kind that the last reading lacks. Undefined for one that it has. */
export function missingKind(published: Published | null, kind: string): MissingPart | undefined {
  return published?.dataSets[otherUsage.id]?.missing?.find(({ part }) => part === kind)
}
