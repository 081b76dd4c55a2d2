import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import { isNotRead } from '../../api/api-error.ts'
import { useCostsOfTwoMonths } from '../../api/cost-queries.ts'
import { useMayBeRead } from '../../api/integration-queries.ts'
import { OlderCosts } from '../../components/older-costs.tsx'
import { Money } from '../../components/money.tsx'
import { formatDays } from '../../format/format-time.ts'
import { formatMonth } from '../../format/months.ts'
import { compareMonths } from '../spend/compare-months.ts'
import { costDaysOf } from '../spend/stack-costs.ts'
import classes from './spend-so-far.module.css'

/** What the month costs so far, and its complete days beside the same of the month before. Nobody is named here. */
export function SpendSoFar({ integrationId }: { integrationId: string }) {
  const costs = useCostsOfTwoMonths(integrationId)
  const mayBeRead = useMayBeRead(integrationId, 'costs')
  const { data } = costs
  if (!mayBeRead || isNotRead(costs.error)) return null
  return (
    <div>
      <p className={classes.line}>
        {data === undefined && !costs.isError && <Skeleton height={18} width={320} />}
        {data !== undefined && <Sums costs={data} />}
        <Link href={`/integrations/${integrationId}/spend`}>Show the spend</Link>
      </p>
      <OlderCosts integrationId={integrationId} />
    </div>
  )
}

function Sums({ costs: { items, asOf, currency } }: { costs: WireCosts }) {
  if (currency === null) return <span>No costs were reported.</span>
  const { thisMonth, compared } = compareMonths(costDaysOf(items), asOf)
  return (
    <span>
      Spend in {formatMonth(thisMonth.from)} so far:{' '}
      <b>
        <Money units={thisMonth.units} currency={currency} />
      </b>
      {compared !== null && (
        <>
          . {formatDays(compared.now.from, compared.now.to)}: <Money units={compared.now.units} currency={currency} />,
          in the same days of {formatMonth(compared.before.from)}:{' '}
          <Money units={compared.before.units} currency={currency} />.
        </>
      )}
    </span>
  )
}
