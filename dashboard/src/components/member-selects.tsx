import { idleSpans, USUAL_WINDOW_DAYS } from '../format/day-spans.ts'
import { FilterSelect } from './filter-select.tsx'
import { noUseIn, USE_LABELS, usedIn } from './member-labels.ts'

const SEATS = { member: 'Member seats', guest: 'Guest seats' }
const STATUSES = { disabled: 'Disabled', banned: 'Banned', removed: 'Removed', any: 'Any account' }

/** The orders of members and people offered on a phone, which has no column heads. */
export const SORT_LABELS: Readonly<Record<string, string>> = {
  lastActiveOn: 'Longest without use',
  '-lastActiveOn': 'Last activity',
  '-requests': 'Most requests',
  requests: 'Fewest requests',
}

interface SelectProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** The window's length. Undefined while it is unknown. */
interface OfWindow {
  readonly windowDays: number | undefined
}

/** Selects for how many days there was no use. */
export function IdleSelect({ windowDays, ...select }: SelectProps & OfWindow) {
  const spans = idleSpans(windowDays ?? USUAL_WINDOW_DAYS)
  const choices = Object.fromEntries(spans.map((days) => [String(days), noUseIn(days)]))
  return <FilterSelect label="No use in" choices={choices} {...select} />
}

/** Selects a type of seat. */
export function SeatSelect(select: SelectProps) {
  return <FilterSelect label="Seat" all="All seats" choices={SEATS} {...select} />
}

/** Selects a state of licenses. */
export function UseSelect({ windowDays, ...select }: SelectProps & OfWindow) {
  const choices = { in_use: usedIn(windowDays), unused: noUseIn(windowDays), no_data: USE_LABELS.no_data }
  return <FilterSelect label="Use" all="Any use" choices={choices} {...select} />
}

/** Selects an account status. */
export function AccountSelect(select: SelectProps) {
  return <FilterSelect label="Account" all="Active accounts" choices={STATUSES} {...select} />
}
