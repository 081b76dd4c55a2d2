import { NativeSelect } from '@mantine/core'

/**
 * One filter as a native select, which works well with keyboards and on phones. A selected value that is not an option
 * stays visible.
 */
export function FilterSelect({
  label,
  all,
  value,
  choices,
  onChange,
}: {
  label: string
  /** The label of the empty choice. Undefined when a choice is required. */
  all?: string
  value: string | undefined
  choices: Readonly<Record<string, string>>
  onChange: (value: string | undefined) => void
}) {
  const data = Object.entries(choices).map(([choice, text]) => ({ value: choice, label: text }))
  if (value !== undefined && !Object.hasOwn(choices, value)) data.push({ value, label: value })
  if (all !== undefined) data.unshift({ value: '', label: all })
  return (
    <NativeSelect
      label={label}
      size="sm"
      data={data}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}
