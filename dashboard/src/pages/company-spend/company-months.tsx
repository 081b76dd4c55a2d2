import type { WireOverview } from '../../../../shared/contracts/overview-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { Money } from '../../components/money.tsx'
import { formatChange, formatDifference, unitsIn } from '../../format/format-money.ts'
import { formatDays } from '../../format/format-time.ts'
import { firstOfMonth, monthBefore } from '../../../../shared/domain/month.ts'
import { formatMonth } from '../../format/months.ts'

const NOT_KNOWN = '–'

/** A month so far, its finished days beside the same of the month before, and all of that, in one currency. */
export function CompanyMonths({ costs }: { costs: WireOverview['costs'][number] }) {
  const { currency, to, thisMonth, lastMonth, finished } = costs
  const month = formatMonth(to)
  const before = formatMonth(monthBefore(to).from)
  const notYet = { value: NOT_KNOWN, note: `no day of ${month} can be compared yet` }
  const money = (amount: string) => <Money units={unitsIn(amount)} currency={currency} />
  const days = finished === null ? '' : formatDays(firstOfMonth(to), finished.to)
  return (
    <Figures
      items={[
        {
          label: `${month} so far`,
          value: money(thisMonth),
          note: `${formatDays(firstOfMonth(to), to)}; the last two days are not complete`,
        },
        {
          label: 'Its complete days',
          ...(finished === null ? notYet : { value: money(finished.thisMonth), note: days }),
        },
        {
          label: `Same days of ${before}`,
          ...(finished === null ? notYet : { value: money(finished.sameDaysLastMonth), note: 'as many days' }),
        },
        { label: 'Change of complete days', ...(finished === null ? notYet : changeOf(finished, currency)) },
        { label: before, value: money(lastMonth), note: 'the whole month' },
      ]}
    />
  )
}

function changeOf(
  { thisMonth, sameDaysLastMonth }: NonNullable<WireOverview['costs'][number]['finished']>,
  currency: string,
) {
  const [now, before] = [unitsIn(thisMonth), unitsIn(sameDaysLastMonth)]
  return { value: formatChange(now, before), note: `${formatDifference(now - before, currency)} in these days` }
}
