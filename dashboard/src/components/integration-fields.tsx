import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import type { ChangeEvent } from 'react'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { useSchedules } from '../api/integration-queries.ts'
import { nameInWords } from './name-in-words.ts'

/** The props of a controlled field. `error` is undefined when the value is accepted. */
interface FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

/** The company's email domains in one line of text. */
export function DomainsField(field: FieldProps) {
  return (
    <TextInput
      label="Company domains"
      description="People with an email on these domains hold a member seat, others a guest seat. Leave it empty to use the owners’ domains that other people share."
      placeholder="example.com, example.org"
      autoCapitalize="none"
      spellCheck={false}
      {...inputProps(field)}
    />
  )
}

/** The day a key expires, in the reader's zone. Empty when it does not expire or the day is unknown. */
export function ExpiryField(field: FieldProps) {
  return (
    <TextInput
      type="date"
      label="Key expires on"
      description="If the key has an expiry, Rollcall warns 14 days ahead. Leave it empty if it has none."
      {...inputProps(field)}
    />
  )
}

/** An input for a provider's key. The text is hidden, and the browser does not offer to save it. */
export function KeyField({ provider, ...field }: FieldProps & { readonly provider: WireProvider }) {
  return (
    <PasswordInput
      label={provider.key.label}
      placeholder={`${provider.key.prefix}…`}
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore
      data-lpignore="true"
      visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
      visibilityToggleFocusable
      {...inputProps(field)}
    />
  )
}

/** The schedule of an integration. Empty means the default schedule. */
export function ScheduleField(field: FieldProps) {
  const { value } = field
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
      {...inputProps(field)}
      value={value === '' ? (schedules.find((schedule) => schedule.default)?.name ?? '') : value}
    />
  )
}

function inputProps({ value, onChange, error }: FieldProps) {
  return {
    value,
    error,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => onChange(event.currentTarget.value),
  }
}

/** A rate's name already describes it. A cron expression needs a description. */
function detailsOf(expression: string, timeZone: string): string[] {
  return expression.startsWith('rate(') ? [] : [expression, timeZone]
}
