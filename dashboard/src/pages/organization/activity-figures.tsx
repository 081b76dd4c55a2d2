import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import type { WireUsage } from '../../../../shared/contracts/usage-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { countDays } from '../../format/day-spans.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import { formatDayShort } from '../../format/format-time.ts'

/** The number of requests and of active people in the days that the usage covers. */
export function ActivityFigures({
  licenses,
  usage,
}: {
  licenses: WireLicenses | undefined
  /** The usage of the chart. Undefined while it loads, null after an error. */
  usage: WireUsage | undefined | null
}) {
  const days = countDays(usage)
  const inDays = days === undefined ? 'not known now' : `in ${formatCount(days, 'day')}`
  const active = licenses === undefined || usage === undefined ? undefined : activeIn(licenses, days)
  const isUnknown = usage === null
  return (
    <Figures
      items={[
        {
          label: 'Requests',
          value: isUnknown ? '–' : usage && formatNumber(usage.total.requests),
          note: inDays,
        },
        {
          label: 'Active people',
          value: isUnknown ? '–' : active === undefined ? undefined : formatNumber(active),
          note: isUnknown ? inDays : `${inDays}${lastDayInWords(licenses)}`,
        },
      ]}
    />
  )
}

/** The last day of the window was incomplete when it was read. */
function lastDayInWords(licenses: WireLicenses | undefined): string {
  if (licenses === undefined || licenses.asOf === null) return ''
  return `; ${formatNumber(licenses.activePeople.today)} on ${formatDayShort(licenses.asOf.to)}, so far`
}

/** Active people all hold a seat, so those active in the whole window are the seats in use. */
function activeIn({ activePeople, licenses }: WireLicenses, days: number | undefined): number {
  if (days === 7) return activePeople.last7Days
  return days === 30 ? activePeople.last30Days : licenses.inUse
}
