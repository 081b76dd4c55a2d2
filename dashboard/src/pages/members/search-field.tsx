import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Icon } from '../../components/icon.tsx'

/** Long enough to join the strokes of a fast typist, short enough not to be felt. */
const DEBOUNCE_MS = 40
const LONGEST = 200

/** Part of a name or an email. What is typed shows at once; the list follows. */
export function SearchField({ value, onChange }: { value: string; onChange: (value: string | undefined) => void }) {
  const [text, setText] = useState(value)
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim() === '' ? undefined : text.trim()), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <TextInput
      label="Search"
      type="search"
      placeholder="Name or email"
      leftSection={<Icon name="search" />}
      value={text}
      maxLength={LONGEST}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}
