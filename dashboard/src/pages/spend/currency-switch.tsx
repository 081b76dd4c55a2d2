import { SegmentedControl } from '@mantine/core'
import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import classes from './spend-page.module.css'

/** The currency of the page. Nothing where all costs are in one. */
export function CurrencySwitch({
  costs: { currency, otherCurrencies },
  onChange,
}: {
  costs: Pick<WireCosts, 'currency' | 'otherCurrencies'>
  onChange: (currency: string) => void
}) {
  if (currency === null || otherCurrencies.length === 0) return null
  // Always in the same order, whichever is shown.
  const all = [currency, ...otherCurrencies.map((other) => other.currency)].toSorted()
  return (
    <div className={classes.switches}>
      <SegmentedControl aria-label="Currency" size="xs" value={currency} onChange={onChange} data={all} />
    </div>
  )
}
