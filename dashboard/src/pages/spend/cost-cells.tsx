import type { AmountUnits } from '../../../../shared/domain/amount.ts'
import { SeriesFill } from '../../charts/series-fill.tsx'
import { Money } from '../../components/money.tsx'
import { formatChange, formatDifference, formatShareOfUnits } from '../../format/format-money.ts'
import type { CostChange } from './cost-rows.ts'
import classes from './cost-table.module.css'

/** A share of all costs before credits, in percent. The bar is relative to the largest row; a credit has neither. */
export function Share({ units, all, largest }: { units: AmountUnits; all: AmountUnits; largest: AmountUnits }) {
  const width = units > 0n ? (Number(units) / Number(largest)) * 100 : 0
  return (
    <span role="cell" className={classes.share}>
      <span className={classes.track} aria-hidden="true">
        <SeriesFill className={classes.bar} series={1} style={{ width: `${width}%` }} />
      </span>
      <span className={classes.percent}>{units < 0n ? '–' : formatShareOfUnits(units, all)}</span>
    </span>
  )
}

/** How much more or less than in the month before, and from what to what. Empty while that is loading. */
export function Change({ change, currency }: { change: CostChange | null; currency: string }) {
  if (change === null) return <span role="cell" />
  const { now, before } = change
  return (
    <span role="cell" className={classes.change}>
      <span>
        {formatDifference(now - before, currency)} <span className={classes.percent}>{percentOf(change)}</span>
      </span>
      <span className={classes.detail}>
        <Money units={before} currency={currency} /> → <Money units={now} currency={currency} />
      </span>
    </span>
  )
}

/** The change in percent, where there is something to relate it to. */
function percentOf({ now, before }: CostChange): string {
  if (before === 0n && now > 0n) return 'new'
  return before > 0n && now >= 0n ? formatChange(now, before) : ''
}
