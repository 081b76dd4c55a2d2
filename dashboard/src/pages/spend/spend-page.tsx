import { Button, Skeleton } from '@mantine/core'
import { Link, useSearchParams } from 'wouter'
import { ApiProblemError, isNotRead } from '../../api/api-error.ts'
import { useCostsOfTwoMonths } from '../../api/cost-queries.ts'
import { useMayBeRead } from '../../api/integration-queries.ts'
import { writeView } from '../../components/address-view.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { DataSetNotRead } from '../../components/data-set-not-read.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Notice } from '../../components/notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import type { IntegrationPageProps } from '../../layout/integration-frame.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { useAttributionInWords } from '../../components/attribution-in-words.ts'
import { compareMonths } from './compare-months.ts'
import { CostsByDay } from './costs-by-day.tsx'
import { CostsByGroup } from './costs-by-group.tsx'
import { CurrencySwitch } from './currency-switch.tsx'
import { MonthFigures } from './month-figures.tsx'
import classes from './spend-page.module.css'
import { readSpendView, type SpendView } from './spend-view.ts'
import { costDaysOf } from './stack-costs.ts'

/** True for the answer about a currency without costs, which an address can name. */
function isUnknownCurrency(error: Error): boolean {
  return error instanceof ApiProblemError && error.fieldErrors.some(({ field }) => field === 'currency')
}

/** What an organization costs: a month beside the one before, by day, and by what and who caused it. */
export default function SpendPage({ id, integration }: IntegrationPageProps) {
  useTitle(integration === undefined ? 'Spend' : `Spend · ${integration.name}`)
  const [search, setSearch] = useSearchParams()
  const view = readSpendView(search)
  const change = (changed: Partial<SpendView>) =>
    setSearch(writeView({ ...Object.fromEntries(search), ...changed }), { replace: true })
  const costs = useCostsOfTwoMonths(id, view.currency)
  const attribution = useAttributionInWords(id, costs.data?.attribution)
  const mayBeRead = useMayBeRead(id, 'costs')
  if (!mayBeRead || isNotRead(costs.error)) {
    return <DataSetNotRead integrationId={id} dataSet="costs" title="Costs were not read" />
  }
  const { data } = costs
  const months = data === undefined ? undefined : compareMonths(costDaysOf(data.items), data.asOf)
  return (
    <>
      <div className={classes.about}>
        <AsOfLine asOf={data?.asOf} />
        <p className={classes.note}>
          The provider’s cost report, before tax and credits, not its invoice. {attribution} The last two days are
          preliminary. <Link href="/help#spend">What this shows</Link>
        </p>
      </div>
      {costs.isError && isUnknownCurrency(costs.error) && (
        <Notice kind="warn" title={`There are no costs in ${view.currency}`}>
          <Button variant="default" size="xs" onClick={() => change({ currency: undefined })}>
            Show the main currency
          </Button>
        </Notice>
      )}
      {costs.isError && !isUnknownCurrency(costs.error) && (
        <ErrorNotice error={costs.error} retry={() => void costs.refetch()} />
      )}
      {costs.isPending && !costs.isError && <Skeleton height={800} />}
      {data !== undefined && months !== undefined && data.currency === null && (
        <EmptyState title="No costs were reported" icon="check">
          <p>The provider reported no costs for the days that were read.</p>
        </EmptyState>
      )}
      {data !== undefined && months !== undefined && data.currency !== null && (
        <PendingOverlay busy={costs.isPlaceholderData}>
          <CurrencySwitch costs={data} onChange={(currency) => change({ currency })} />
          <MonthFigures costs={data} months={months} />
          <CostsByDay id={id} costs={data} stack={view.stack} onStack={(stack) => change({ stack })} />
          <CostsByGroup id={id} organization={integration?.name} months={months} view={view} onChange={change} />
        </PendingOverlay>
      )}
    </>
  )
}
