import { SegmentedControl, Skeleton } from '@mantine/core'
import { useCosts } from '../../api/cost-queries.ts'
import { partName, useProviderOf } from '../../api/provider-queries.ts'
import { useAttributionInWords } from '../../components/attribution-in-words.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { RefusedReportNotice, REPORT_OF, useRefusedReport } from '../../components/refused-report.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatDay, formatDays } from '../../format/format-time.ts'
import { capitalize } from '../../format/list-in-words.ts'
import { formatMonth } from '../../format/months.ts'
import type { MonthComparison } from './compare-months.ts'
import { costRowsOf, sortCostRows, withChanges } from './cost-rows.ts'
import { CostTable } from './cost-table.tsx'
import { DownloadCosts } from './download-costs.tsx'
import classes from './spend-page.module.css'
import { TABLE_GROUPINGS, type SpendView } from './spend-view.ts'

/** What each grouping is called on its switch, and at the head of its table. `part` is what the provider calls a project. */
function groupingLabels(part: string) {
  return { project: capitalize(part), lineItem: 'Line item', user: 'Person', key: 'Key', day: 'Day' }
}

interface GroupProps {
  readonly id: string
  readonly months: MonthComparison
  readonly view: SpendView
  readonly onChange: (change: Partial<SpendView>) => void
}

/** The costs of a month by project, line item, person or key, and their download. */
export function CostsByGroup({
  organization,
  ...props
}: GroupProps & {
  /** The organization's name. Undefined while unknown. */
  organization: string | undefined
}) {
  const { id, months, view } = props
  const month = view.month === 'last' && months.lastMonth !== null ? months.lastMonth : months.thisMonth
  const range = { from: month.from, to: month.to }
  const costs = useCosts(id, { groupBy: view.by, currency: view.currency, range })
  const refused = useRefusedReport(id, REPORT_OF[view.by])
  const { data } = costs
  // The owners of keys stand for the report by user. The table says so itself.
  const isReplaced = view.by === 'user' && data?.attribution === 'key_owner'
  const isKnown = refused === undefined || refused.rowsAsOf !== null || isReplaced
  const compared = month === months.thisMonth ? months.compared : null
  return (
    <Card
      title="Who and what causes the costs"
      lead={data === undefined ? ' ' : daysInWords(data, isKnown ? compared : null)}
      actions={<DownloadCosts id={id} organization={organization} by={view.by} range={range} costs={data} />}
    >
      <Switches {...props} />
      {refused !== undefined && !isReplaced && <RefusedReportNotice report={refused} />}
      {costs.isError && <ErrorNotice error={costs.error} retry={() => void costs.refetch()} />}
      {costs.isPending && !costs.isError && <Skeleton height={400} />}
      {data !== undefined && isKnown && (
        <PendingOverlay busy={costs.isPlaceholderData}>
          <Table {...props} costs={data} compared={compared} />
        </PendingOverlay>
      )}
    </Card>
  )
}

function daysInWords({ from, to }: { from: string; to: string }, compared: MonthComparison['compared']): string {
  const days = `${formatDay(from)} – ${formatDay(to)}.`
  if (compared === null) return days
  const { now, before } = compared
  return `${days} Changes compare complete days: ${formatDays(now.from, now.to)} with ${formatDays(before.from, before.to)}.`
}

/** The rows of an answer, beside those of the compared days as soon as these are known. */
function Table({
  id,
  view,
  onChange,
  costs,
  compared,
}: GroupProps & { costs: NonNullable<ReturnType<typeof useCosts>['data']>; compared: MonthComparison['compared'] }) {
  const part = partName(useProviderOf(id))
  const attribution = useAttributionInWords(id, costs.attribution)
  const { groupBy, currency } = costs
  const read = { groupBy: view.by, currency: view.currency }
  const now = useCosts(id, { ...read, range: rangeOf(compared?.now) }).data
  const before = useCosts(id, { ...read, range: rangeOf(compared?.before) }).data
  const rows = costRowsOf(costs.items, part)
  const isCompared =
    compared !== null && [now, before].every((each) => each?.groupBy === groupBy && each.currency === currency)
  const all =
    isCompared && now !== undefined && before !== undefined
      ? withChanges(rows, { now: costRowsOf(now.items, part), before: costRowsOf(before.items, part) })
      : rows
  return (
    <>
      {groupBy === 'user' && attribution !== '' && <p className={classes.note}>{attribution}</p>}
      {all.length === 0 ? (
        <p>No costs in these days.</p>
      ) : (
        <CostTable
          key={`${groupBy} ${costs.from} ${currency}`}
          rows={sortCostRows(all, view.sort)}
          total={unitsIn(costs.total)}
          columns={{
            head: groupingLabels(part)[groupBy],
            currency: currency ?? '',
            integrationId: id,
            change: compared === null ? undefined : `Change since ${formatMonth(compared.before.from)}`,
          }}
          sort={view.sort}
          onSort={(sort) => onChange({ sort })}
        />
      )}
    </>
  )
}

function rangeOf(days: { readonly from: string; readonly to: string } | undefined) {
  return days && { from: days.from, to: days.to }
}

/** What the table is by, and of which month. Without all of the last month, there is only one. */
function Switches({ id, months: { thisMonth, lastMonth }, view, onChange }: GroupProps) {
  const labels = groupingLabels(partName(useProviderOf(id)))
  return (
    <div className={classes.switches}>
      <SegmentedControl
        aria-label="Costs by"
        size="xs"
        value={view.by}
        onChange={(by) => onChange({ by })}
        data={TABLE_GROUPINGS.map((value) => ({ value, label: labels[value] }))}
      />
      {lastMonth !== null && (
        <SegmentedControl
          aria-label="Month"
          size="xs"
          value={view.month}
          onChange={(month) => onChange({ month })}
          data={[
            { value: 'this', label: formatMonth(thisMonth.from) },
            { value: 'last', label: formatMonth(lastMonth.from) },
          ]}
        />
      )}
    </div>
  )
}
