import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { Money } from '../../components/money.tsx'
import { Figures } from '../../components/figures.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatCount, formatNumber, formatShare } from '../../format/format-number.ts'

/** A person's usage in all synced days. */
export function MemberTotals({ user }: { user: WireUser }) {
  const activeDays = user.dailyRequests.filter((requests) => requests > 0).length
  return (
    <Figures
      items={[
        {
          label: 'Requests',
          value: formatNumber(user.requests),
          note: `on ${formatCount(activeDays, 'day')} of ${user.dailyRequests.length}`,
        },
        { label: 'Input tokens', value: formatNumber(user.inputTokens), note: 'with cached ones' },
        {
          label: 'Cached input tokens',
          value: formatNumber(user.cachedInputTokens),
          note: `${formatShare(user.cachedInputTokens, user.inputTokens)} of input`,
        },
        {
          label: 'Output tokens',
          value: formatNumber(user.outputTokens),
          note: `in ${formatCount(user.dailyRequests.length, 'day')}`,
        },
        ...(user.cost === null
          ? []
          : [
              {
                label: 'Cost',
                value: <Money units={unitsIn(user.cost.amount)} currency={user.cost.currency} />,
                note: `in ${formatCount(user.dailyRequests.length, 'day')}, before tax and credits`,
              },
            ]),
      ]}
    />
  )
}
