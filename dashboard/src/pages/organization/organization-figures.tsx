import type { WireLicenses, WireUsage } from '../../../../shared/contracts/data-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { formatNumber, formatShare } from '../../format/format-number.ts'
import { daysInWords } from './day-range.ts'

/** The organization in eight figures. */
export function OrganizationFigures({
  licenses,
  usage,
}: {
  licenses: WireLicenses | undefined
  /** Those in the chart: undefined while they load, null when they cannot be read. */
  usage: WireUsage | undefined | null
}) {
  const show = (value: number | undefined) => (value === undefined ? undefined : formatNumber(value))
  const seats = (licenses?.seats.member ?? 0) + (licenses?.seats.guest ?? 0)
  const shareOfSeats = (value: number | undefined) => `${formatShare(value ?? 0, seats)} of seats`
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
        {
          label: 'Requests',
          value: usage === null ? '–' : show(usage?.total.requests),
          note: usage === null ? 'not known now' : `in ${daysInWords(usage)}`,
        },
        { label: 'Active today', value: show(licenses?.activePeople.today), note: 'people, UTC day' },
        { label: 'Active, 7 days', value: show(licenses?.activePeople.last7Days), note: 'people' },
        { label: 'Active, 30 days', value: show(licenses?.activePeople.last30Days), note: 'people' },
      ]}
    />
  )
}
