import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { formatCount, formatNumber, formatShare } from '../../format/format-number.ts'

/** What somebody used in the window. */
export function MemberTotals({ user }: { user: WireUser | undefined }) {
  const show = (value: number | undefined) => (value === undefined ? undefined : formatNumber(value))
  const activeDays = user?.dailyRequests.filter((requests) => requests > 0).length ?? 0
  return (
    <Figures
      items={[
        {
          label: 'Requests',
          value: show(user?.requests),
          note: `on ${formatCount(activeDays, 'day')} of ${user?.dailyRequests.length ?? 0}`,
        },
        { label: 'Input tokens', value: show(user?.inputTokens), note: 'cached ones included' },
        {
          label: 'Cached input tokens',
          value: show(user?.cachedInputTokens),
          note: `${formatShare(user?.cachedInputTokens ?? 0, user?.inputTokens ?? 0)} of input`,
        },
        { label: 'Output tokens', value: show(user?.outputTokens), note: 'in the window' },
      ]}
    />
  )
}
