import { Link } from 'wouter'
import type { WireOverview } from '../../../../shared/contracts/overview-contract.ts'
import { Card } from '../../components/card.tsx'
import { CostsNotRead } from '../../components/costs-not-read.tsx'
import { Money } from '../../components/money.tsx'
import { formatChange, unitsIn } from '../../format/format-money.ts'
import { formatDays } from '../../format/format-time.ts'
import { firstOfMonth, monthBefore } from '../../../../shared/domain/month.ts'
import { formatMonth } from '../../format/months.ts'
import classes from './overview-page.module.css'

type MonthlyCosts = WireOverview['costs'][number]

/** What this month costs so far, beside the same days of the month before. Currencies stay apart. */
export function MoneyCard({ costs, costsNotRead }: Pick<WireOverview, 'costs' | 'costsNotRead'>) {
  return (
    <Card title="Spend">
      {costs.length === 0 && <p className={classes.note}>No costs were read.</p>}
      {costs.map((each) => (
        <MonthSoFar key={each.currency} costs={each} />
      ))}
      <CostsNotRead notRead={costsNotRead} />
      <Link className={classes.more} href="/spend">
        Show the spend
      </Link>
    </Card>
  )
}

function MonthSoFar({ costs: { currency, to, thisMonth, lastMonth, finished } }: { costs: MonthlyCosts }) {
  const before = formatMonth(monthBefore(to).from)
  const [now, then] = [finished?.thisMonth, finished?.sameDaysLastMonth].map((amount) => unitsIn(amount ?? '0'))
  return (
    <div className={classes.money}>
      <p className={classes.label}>{formatMonth(to)} so far</p>
      <p className={classes.amount}>
        <Money units={unitsIn(thisMonth)} currency={currency} />
      </p>
      {finished !== null && now !== undefined && then !== undefined && (
        <p className={classes.note}>
          {formatDays(firstOfMonth(to), finished.to)}: <Money units={now} currency={currency} />, in the same days of{' '}
          {before}: <Money units={then} currency={currency} />
          {then > 0n && (
            <>
              {' '}
              (<b>{formatChange(now, then)}</b>)
            </>
          )}
          .
        </p>
      )}
      <p className={classes.note}>
        All of {before}: <Money units={unitsIn(lastMonth)} currency={currency} />.
      </p>
    </div>
  )
}
