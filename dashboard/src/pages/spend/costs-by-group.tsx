import { SegmentedControl, Skeleton } from '@mantine/core'
import { useCosts } from '../../api/cost-queries.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatDay } from '../../format/format-time.ts'
import { formatMonth } from '../../format/months.ts'
import { useProviderOf } from '../../api/provider-queries.ts'
import { attributionInWords } from '../../components/attribution-in-words.ts'
import type { MonthComparison } from './compare-months.ts'
import { costRowsOf } from './cost-rows.ts'
import { CostTable } from './cost-table.tsx'
import { DownloadCosts } from './download-costs.tsx'
import classes from './spend-page.module.css'
import { TABLE_GROUPINGS, type SpendView } from './spend-view.ts'

/** What each grouping is called on its switch, and at the head of its table. */
const GROUPING_LABELS = {
  project: 'Project',
  lineItem: 'Line item',
  user: 'Person',
  key: 'Key',
  day: 'Day',
} as const

/** The costs of a month by project, line item, person or key, and their download. */
export function CostsByGroup({
  id,
  organization,
  months: { thisMonth, lastMonth },
  view,
  onChange,
}: {
  id: string
  /** The organization's name. Undefined while unknown. */
  organization: string | undefined
  months: MonthComparison
  view: SpendView
  onChange: (change: Partial<SpendView>) => void
}) {
  const provider = useProviderOf(id)
  const month = view.month === 'last' && lastMonth !== null ? lastMonth : thisMonth
  const range = { from: month.from, to: month.to }
  const costs = useCosts(id, view.by, range)
  const { data } = costs
  return (
    <Card
      title="Who and what causes the costs"
      lead={data === undefined ? ' ' : `${formatDay(data.from)} – ${formatDay(data.to)}.`}
      actions={<DownloadCosts id={id} organization={organization} by={view.by} range={range} costs={data} />}
    >
      <Switches months={{ thisMonth, lastMonth }} view={view} onChange={onChange} />
      {costs.isError && <ErrorNotice error={costs.error} retry={() => void costs.refetch()} />}
      {costs.isPending && !costs.isError && <Skeleton height={400} />}
      {data !== undefined && (
        <PendingOverlay busy={costs.isPlaceholderData}>
          {data.groupBy === 'user' && <p className={classes.note}>{attributionInWords(data.attribution, provider)}</p>}
          {data.items.length === 0 ? (
            <p>No costs in these days.</p>
          ) : (
            <CostTable
              key={`${data.groupBy} ${data.from}`}
              rows={costRowsOf(data.items, view.sort)}
              total={unitsIn(data.total)}
              currency={data.currency ?? ''}
              head={GROUPING_LABELS[data.groupBy]}
              integrationId={id}
              sort={view.sort}
              onSort={(sort) => onChange({ sort })}
            />
          )}
        </PendingOverlay>
      )}
    </Card>
  )
}

/** What the table is by, and of which month. Without all of the last month, there is only one. */
function Switches({
  months: { thisMonth, lastMonth },
  view,
  onChange,
}: {
  months: Pick<MonthComparison, 'thisMonth' | 'lastMonth'>
  view: SpendView
  onChange: (change: Partial<SpendView>) => void
}) {
  return (
    <div className={classes.switches}>
      <SegmentedControl
        aria-label="Costs by"
        size="xs"
        value={view.by}
        onChange={(by) => onChange({ by })}
        data={TABLE_GROUPINGS.map((value) => ({ value, label: GROUPING_LABELS[value] }))}
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
