import { PasswordInput } from '@mantine/core'

/** Takes an Admin key. Hidden while it is typed, and unknown to the browser's own memory. */
export function KeyField({
  value,
  onChange,
  error,
}: {
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  return (
    <PasswordInput
      label="Admin key"
      placeholder="sk-admin-…"
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore
      data-lpignore="true"
      value={value}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
      visibilityToggleFocusable
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
