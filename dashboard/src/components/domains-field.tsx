import { TextInput } from '@mantine/core'

/** The company's email domains in one line of text. */
export function DomainsField({
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
      label="Company domains"
      description="People with an email on these domains hold a member seat, others a guest seat. Leave it empty to take the domains of the organization’s owners under which others are listed too."
      placeholder="example.com, example.org"
      autoCapitalize="none"
      spellCheck={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
