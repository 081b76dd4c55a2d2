import { NativeSelect } from '@mantine/core'
import { useSchedules } from '../api/integration-queries.ts'
import { nameInWords } from './name-in-words.ts'

/** The schedule of an integration. Empty means the default schedule. */
export function ScheduleField({
  value,
  onChange,
  error,
}: {
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  const schedules = useSchedules().data ?? []
  const data = schedules.map(({ name, expression, timeZone, default: isDefault }) => ({
    value: name,
    label: [nameInWords(name), ...(isDefault ? ['the default'] : []), ...detailsOf(expression, timeZone)].join(', '),
  }))
  if (value !== '' && !schedules.some(({ name }) => name === value)) data.unshift({ value, label: value })
  return (
    <NativeSelect
      label="Schedule"
      description="How often the members and the usage are read again."
      data={data}
      value={value === '' ? (schedules.find((schedule) => schedule.default)?.name ?? '') : value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** A rate's name already describes it. A cron expression needs a description. */
function detailsOf(expression: string, timeZone: string): string[] {
  return expression.startsWith('rate(') ? [] : [expression, timeZone]
}
