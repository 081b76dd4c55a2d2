import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import { daysBetween } from '../../../../shared/domain/day.ts'
import type { DayRange } from '../../api/data-queries.ts'
import { Figures } from '../../components/figures.tsx'
import { formatCount, formatNumber, formatShare } from '../../format/format-number.ts'

/** The organization in eight figures. */
export function OrganizationFigures({
  licenses,
  requests,
  range,
}: {
  licenses: WireLicenses | undefined
  requests: number | undefined
  range: DayRange | undefined
}) {
  const show = (value: number | undefined) => (value === undefined ? undefined : formatNumber(value))
  const seats = (licenses?.seats.member ?? 0) + (licenses?.seats.guest ?? 0)
  const shareOfSeats = (value: number | undefined) => `${formatShare(value ?? 0, seats)} of seats`
  const length = range === undefined ? 0 : daysBetween(range.from, range.to) + 1
  return (
    <Figures
      items={[
        { label: 'Members', value: show(licenses?.seats.member), note: 'member seats' },
        { label: 'Guests', value: show(licenses?.seats.guest), note: 'guest seats' },
        {
          label: 'Licences in use',
          value: show(licenses?.licenses.inUse),
          note: shareOfSeats(licenses?.licenses.inUse),
        },
        { label: 'Unused', value: show(licenses?.licenses.unused), note: shareOfSeats(licenses?.licenses.unused) },
        { label: 'Requests', value: show(requests), note: `in ${formatCount(length, 'day')}` },
        { label: 'Active today', value: show(licenses?.activePeople.today), note: 'people, UTC day' },
        { label: 'Active, 7 days', value: show(licenses?.activePeople.last7Days), note: 'people' },
        { label: 'Active, 30 days', value: show(licenses?.activePeople.last30Days), note: 'people' },
      ]}
    />
  )
}
