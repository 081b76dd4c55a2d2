import { PasswordInput } from '@mantine/core'

/** An input for an Admin key. The text is hidden, and the browser does not offer to save it. */
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
