import { PasswordInput } from '@mantine/core'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'

/** Takes a provider's key. Hidden while it is typed, and unknown to the browser's own memory. */
export function KeyField({
  provider,
  value,
  onChange,
  error,
}: {
  provider: WireProvider
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  return (
    <PasswordInput
      label={provider.key.label}
      placeholder={`${provider.key.prefix}…`}
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
