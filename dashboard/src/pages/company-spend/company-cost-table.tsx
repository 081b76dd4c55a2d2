import { Link } from 'wouter'
import type { AmountUnits } from '../../../../shared/domain/amount.ts'
import { BreakableAddress } from '../../components/breakable-address.tsx'
import link from '../../components/cell-link.module.css'
import { Money } from '../../components/money.tsx'
import { Share } from '../spend/cost-cells.tsx'
import classes from '../spend/cost-table.module.css'
import type { CompanyCostRow } from './company-cost-rows.ts'

/** Amounts of one currency with their share, the most costly first. */
export function CompanyCostTable({
  head,
  currency,
  rows,
  total,
}: {
  /** What the rows are: `Person`. */
  head: string
  currency: string
  rows: readonly CompanyCostRow[]
  /** What all rows add up to, those not loaded yet too. */
  total: AmountUnits
}) {
  const positive = rows.map(({ units }) => units).filter((units) => units > 0n)
  const beforeCredits = positive.reduce((sum, units) => sum + units, 0n)
  const all = beforeCredits > total ? beforeCredits : total
  const largest = positive.reduce((most, units) => (units > most ? units : most), 1n)
  return (
    <div
      className={classes.table}
      role="table"
      aria-label={`Costs by ${head.toLowerCase()}, ${currency}`}
      tabIndex={-1}
    >
      <div role="rowgroup">
        <div role="row" className={classes.head}>
          <span role="columnheader">{head}</span>
          <span role="columnheader" className={classes.amount}>
            Amount
          </span>
          <span role="columnheader">Share</span>
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row) => (
          <div role="row" key={row.id} className={classes.row}>
            <span role="cell" className={classes.name}>
              {row.href === null ? (
                <span>{row.name}</span>
              ) : (
                <Link className={link.link} href={row.href}>
                  {row.name}
                </Link>
              )}
              {row.detail !== null && (
                <span className={classes.detail}>
                  <BreakableAddress text={row.detail} />
                </span>
              )}
            </span>
            <span role="cell" className={classes.amount}>
              <Money units={row.units} currency={currency} />
            </span>
            <Share units={row.units} all={all} largest={largest} />
          </div>
        ))}
        <div role="row" className={classes.total}>
          <span role="cell">Total</span>
          <span role="cell" className={classes.amount}>
            <Money units={total} currency={currency} />
          </span>
          <span role="cell" />
        </div>
      </div>
    </div>
  )
}
