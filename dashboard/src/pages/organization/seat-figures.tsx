import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { noUseIn, usedIn } from '../../components/member-labels.ts'
import { countDays } from '../../format/day-spans.ts'
import { formatNumber, formatShare } from '../../format/format-number.ts'

/** The seats of an organization, and whether they were used in the window. */
export function SeatFigures({ licenses }: { licenses: WireLicenses | undefined }) {
  const days = countDays(licenses?.asOf)
  const show = (value: number | undefined) => (value === undefined ? undefined : formatNumber(value))
  const seats = (licenses?.seats.member ?? 0) + (licenses?.seats.guest ?? 0)
  const shareOfSeats = (value: number | undefined) => `${formatShare(value ?? 0, seats)} of seats`
  const { inUse, unused } = licenses?.licenses ?? {}
  return (
    <Figures
      items={[
        { label: 'Members', value: show(licenses?.seats.member), note: 'member seats' },
        { label: 'Guests', value: show(licenses?.seats.guest), note: 'guest seats' },
        { label: usedIn(days), value: show(inUse), note: shareOfSeats(inUse) },
        { label: noUseIn(days), value: show(unused), note: shareOfSeats(unused) },
      ]}
    />
  )
}
