import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { noUseIn, usedIn } from '../../components/member-labels.ts'
import { formatNumber, formatShare } from '../../format/format-number.ts'

/** The sums over all organizations. A person in two organizations holds two seats. */
export function Totals({
  integrations,
  windowDays,
}: {
  integrations: readonly WireIntegration[] | undefined
  windowDays: number | undefined
}) {
  const sum = (field: keyof WireIntegration['counts']) =>
    integrations?.reduce((total, { counts }) => total + counts[field], 0) ?? 0
  const seats = sum('members') + sum('guests')
  const show = (value: number) => (integrations === undefined ? undefined : formatNumber(value))
  return (
    <Figures
      items={[
        { label: 'Organizations', value: show(integrations?.length ?? 0) },
        { label: 'Members', value: show(sum('members')) },
        { label: 'Guests', value: show(sum('guests')) },
        {
          label: usedIn(windowDays),
          value: show(sum('inUse')),
          note: `${formatShare(sum('inUse'), seats)} of all seats`,
        },
        {
          label: noUseIn(windowDays),
          value: show(sum('unused')),
          note: `${formatShare(sum('unused'), seats)} of all seats`,
        },
      ]}
    />
  )
}
