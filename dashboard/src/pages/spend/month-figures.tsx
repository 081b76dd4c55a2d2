import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import { preliminaryFrom } from '../../../../shared/data-sets/costs/preliminary-days.ts'
import { Figures } from '../../components/figures.tsx'
import { Money } from '../../components/money.tsx'
import { formatChange, formatDifference, formatMoney } from '../../format/format-money.ts'
import { formatDay, formatDays } from '../../format/format-time.ts'
import { listInWords } from '../../format/list-in-words.ts'
import { formatMonth } from '../../format/months.ts'
import type { MonthComparison, PartOfMonth } from './compare-months.ts'
import classes from './spend-page.module.css'

const NOT_KNOWN = '–'

/**
 * A month so far, its complete days beside the same days of the month before, and all of that. Other currencies are
 * named, never added.
 */
export function MonthFigures({ costs, months }: { costs: WireCosts; months: MonthComparison }) {
  const { thisMonth, compared, lastMonth } = months
  const currency = costs.currency ?? ''
  const month = formatMonth(thisMonth.from)
  const notCovered = `costs are known from ${formatDay(costs.asOf.from)} on`
  const notCompared = lastMonth === null ? notCovered : `no day of ${month} is complete yet`
  const value = (part: PartOfMonth | null) =>
    part === null ? NOT_KNOWN : <Money units={part.units} currency={currency} />
  const before = lastMonth === null ? 'last month' : formatMonth(lastMonth.from)
  const part = (each: PartOfMonth | undefined) =>
    each === undefined
      ? { value: NOT_KNOWN, note: notCompared }
      : { value: value(each), note: formatDays(each.from, each.to) }
  return (
    <>
      <Figures
        items={[
          {
            label: `${month} so far`,
            value: value(thisMonth),
            note: daysSoFar(thisMonth),
          },
          { label: 'Its complete days', ...part(compared?.now) },
          { label: `Same days of ${before}`, ...part(compared?.before) },
          { label: 'Change of complete days', ...changeOf(compared, currency, notCompared) },
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
          {formatDay(costs.from)}, in other currencies, which are never added and not part of these figures.
        </p>
      )}
    </>
  )
}

function daysSoFar({ from, to }: PartOfMonth): string {
  const rest = from < preliminaryFrom(to) ? '; the last two days are not complete' : ', not complete'
  return `${formatDays(from, to)}${rest}`
}

function changeOf(compared: MonthComparison['compared'], currency: string, notCompared: string) {
  if (compared === null) return { value: NOT_KNOWN, note: notCompared }
  const { now, before } = compared
  return {
    value: formatChange(now.units, before.units),
    note: `${formatDifference(now.units - before.units, currency)} in these days`,
  }
}
