import { ALL_KINDS } from '../../../shared/contracts/usage-contract.ts'
import type { DaySeries } from '../../../shared/data-sets/data-set.ts'
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
import type { OtherUsageTable } from '../../../shared/data-sets/other-usage/other-usage.ts'
import { usage, type UsageTable } from '../../../shared/data-sets/usage/usage.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { LoadedSnapshot } from './loaded-snapshot.ts'
import type { SeriesData, SeriesForm } from './series-answers.ts'

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

/** The data of a kind. */
export function kindDataOf(loaded: LoadedSnapshot, asked: AskedKind): SeriesData {
  const { kind, primaryKind, groupBy } = asked
  if (kind === primaryKind && groupBy !== 'kind') return loaded.dataOf(usage)
  const { series } = loaded.snapshot
  const summed = tableFor(asked, loaded.summed(series.usage), loaded.summed(series.other_usage))
  return {
    window: summed.window,
    summed,
    byDay: (range) => byDay(summed, range),
    byPerson: (range) => loaded.byPerson(tableFor(asked, series.usage, series.other_usage), range),
    daysToAddUp: (range) => (isStock(kind) ? latestDay(summed, range) : range),
  }
}

function tableFor({ kind, primaryKind, groupBy }: AskedKind, primary: UsageTable, others: OtherUsageTable): DayTable {
  if (kind === ALL_KINDS) return tableOfAllKinds(primaryKind, primary, others)
  const table = kind === primaryKind ? primary : tableOfKind(others, kind)
  return groupBy === 'kind' ? labeled(table, kind) : table
}

/** The latest day of a range with data. */
function latestDay(table: DayTable, range: Window): Window {
  const day = byDay(table, range).at(-1)?.day ?? range.to
  return { from: day, to: day }
}
