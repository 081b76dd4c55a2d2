import { NativeSelect } from '@mantine/core'

/** One filter: the browser's own list, quick by keyboard and on a phone. A chosen value that is not in it stays in sight. */
export function FilterSelect({
  label,
  all,
  value,
  choices,
  onChange,
}: {
  label: string
  /** What choosing none is called; left out where one must be chosen. */
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
