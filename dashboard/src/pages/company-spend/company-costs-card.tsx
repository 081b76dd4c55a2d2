import { SegmentedControl, Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import type { Day } from '../../../../shared/domain/day.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { useCompanyCosts } from '../../api/company-queries.ts'
import { useProviders } from '../../api/provider-queries.ts'
import { Card } from '../../components/card.tsx'
import { CostsNotRead } from '../../components/costs-not-read.tsx'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { fileNameOf } from '../../components/file-name.ts'
import { MoreButton } from '../../components/more-button.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatDays } from '../../format/format-time.ts'
import { firstOfMonth, monthBefore } from '../../../../shared/domain/month.ts'
import { formatMonth } from '../../format/months.ts'
import classes from '../spend/spend-page.module.css'
import { companyCostRows } from './company-cost-rows.ts'
import { CompanyCostTable } from './company-cost-table.tsx'
import type { CompanySpendView } from './company-spend-view.ts'

const GROUPINGS = { integration: 'Organization', person: 'Person', department: 'Department' } as const

/** The costs of a month by organization, person or department, and their download. */
export function CompanyCostsCard({
  lastDay,
  view,
  onChange,
}: {
  /** The latest day that costs cover. */
  lastDay: Day
  view: CompanySpendView
  onChange: (change: Partial<CompanySpendView>) => void
}) {
  const range = monthOf(lastDay, view.month)
  const costs = useCompanyCosts(view.by, range)
  const providers = useProviders().data ?? []
  const [first] = costs.data?.pages ?? []
  const names = Object.fromEntries(providers.map(({ id, name }) => [id, name]))
  const rows = costs.data?.pages.flatMap(({ items }) => companyCostRows(items, names))
  return (
    <Card
      title="Who causes the costs"
      lead={formatDays(range.from, range.to)}
      actions={<DownloadCsv by={view.by} range={range} />}
    >
      <Switches lastDay={lastDay} view={view} onChange={onChange} />
      {costs.isError && <ErrorNotice error={costs.error} retry={() => void costs.refetch()} />}
      {costs.isPending && !costs.isError && <Skeleton height={320} />}
      {first !== undefined && rows !== undefined && (
        <PendingOverlay busy={costs.isPlaceholderData}>
          {first.totals.length === 0 && <p>No costs in these days.</p>}
          {first.totals.map(({ currency, amount }) => (
            <CompanyCostTable
              key={currency}
              head={GROUPINGS[first.groupBy]}
              currency={currency}
              rows={rows.filter((row) => row.currency === currency)}
              total={unitsIn(amount)}
            />
          ))}
          {first.groupBy === 'department' && (
            <p className={classes.note}>
              Departments are those of the <Link href="/people/roster">roster of employees</Link>.
            </p>
          )}
          <CostsNotRead notRead={first.notRead} />
        </PendingOverlay>
      )}
      <MoreButton pages={costs}>Show more rows</MoreButton>
    </Card>
  )
}

function DownloadCsv({ by, range }: { by: CompanySpendView['by']; range: { from: Day; to: Day } }) {
  const api = useApi()
  const create = async () => {
    const { content } = await api.csv(operations.getCompanyCosts, { query: { groupBy: by, ...range } })
    const name = fileNameOf({
      organization: 'All organizations,',
      content: `costs by ${GROUPINGS[by].toLowerCase()}`,
      filters: [`from ${range.from}`],
      day: range.to,
      extension: 'csv',
    })
    return { content: csvFile(content), name }
  }
  return <DownloadButtons downloads={[{ label: 'Download CSV', create }]} isReady />
}

/** What the table is by, and of which month. */
function Switches({
  lastDay,
  view,
  onChange,
}: {
  lastDay: Day
  view: CompanySpendView
  onChange: (change: Partial<CompanySpendView>) => void
}) {
  return (
    <div className={classes.switches}>
      <SegmentedControl
        aria-label="Costs by"
        size="xs"
        value={view.by}
        onChange={(by) => onChange({ by })}
        data={[
          { value: 'integration', label: GROUPINGS.integration },
          { value: 'person', label: GROUPINGS.person },
          { value: 'department', label: GROUPINGS.department },
        ]}
      />
      <SegmentedControl
        aria-label="Month"
        size="xs"
        value={view.month}
        onChange={(month) => onChange({ month })}
        data={[
          { value: 'this', label: formatMonth(lastDay) },
          { value: 'last', label: formatMonth(monthBefore(lastDay).from) },
        ]}
      />
    </div>
  )
}

function monthOf(lastDay: Day, month: CompanySpendView['month']): { from: Day; to: Day } {
  if (month === 'this') return { from: firstOfMonth(lastDay), to: lastDay }
  return monthBefore(lastDay)
}
