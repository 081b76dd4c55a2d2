import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { Money } from '../../components/money.tsx'
import { formatChange, formatDifference, formatMoney } from '../../format/format-money.ts'
import { formatDay, formatDayShort } from '../../format/format-time.ts'
import { listInWords } from '../../format/list-in-words.ts'
import { formatMonth } from '../../format/months.ts'
import type { MonthComparison, PartOfMonth } from './compare-months.ts'
import classes from './spend-page.module.css'

const NOT_KNOWN = '–'

/** A month so far, beside the same days of the month before and all of it. Other currencies are named, never added. */
export function MonthFigures({ costs, months }: { costs: WireCosts; months: MonthComparison }) {
  const { thisMonth, sameDays, lastMonth } = months
  const currency = costs.currency ?? ''
  const notCovered = `costs are known from ${formatDay(costs.asOf.from)} on`
  const value = (part: PartOfMonth | null) =>
    part === null ? NOT_KNOWN : <Money units={part.units} currency={currency} />
  const before = lastMonth === null ? 'last month' : formatMonth(lastMonth.from)
  return (
    <>
      <Figures
        items={[
          { label: `${formatMonth(thisMonth.from)} so far`, value: value(thisMonth), note: daysInWords(thisMonth) },
          {
            label: `Same days of ${before}`,
            value: value(sameDays),
            note: sameDays === null ? notCovered : daysInWords(sameDays),
          },
          {
            label: 'Change',
            value: sameDays === null ? NOT_KNOWN : formatChange(thisMonth.units, sameDays.units),
            note:
              sameDays === null
                ? notCovered
                : `${formatDifference(thisMonth.units - sameDays.units, currency)} in these days`,
          },
          {
            label: lastMonth === null ? 'Last month' : before,
            value: value(lastMonth),
            note: lastMonth === null ? notCovered : 'the whole month',
          },
        ]}
      />
      {costs.otherCurrencies.length > 0 && (
        <p className={classes.note}>
          Also {listInWords(costs.otherCurrencies.map((other) => formatMoney(other.total, other.currency)))} since{' '}
          {formatDay(costs.from)}, in other currencies, which are never added and not part of the figures below.
        </p>
      )}
    </>
  )
}

function daysInWords({ from, to }: PartOfMonth): string {
  return from === to ? formatDayShort(from) : `${formatDayShort(from)} – ${formatDayShort(to)}`
}
