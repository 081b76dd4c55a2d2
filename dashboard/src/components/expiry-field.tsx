import { TextInput } from '@mantine/core'

/** The day a key expires, in the reader's zone. Empty when it does not expire or the day is unknown. */
export function ExpiryField({
  value,
  onChange,
  error,
}: {
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  return (
    <TextInput
      type="date"
      label="Key expires on"
      description="If the key has an expiry, Rollcall warns 14 days ahead. Leave it empty if it has none."
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
