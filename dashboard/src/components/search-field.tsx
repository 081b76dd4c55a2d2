import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Icon } from './icon.tsx'

/** Keystrokes closer together than this are combined; a single one searches at once. */
const APART_MS = 60
const LONGEST = 200

/** Searches a list. Typed text shows at once; the list follows. */
export function SearchField({
  value,
  placeholder,
  onChange,
}: {
  value: string
  /** What is searched. */
  placeholder: string
  onChange: (value: string | undefined) => void
}) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const lastSentAtMs = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  // The address changed elsewhere: the back button, or a link.
  if (value !== known) {
    setKnown(value)
    if (value !== text.trim()) setText(value)
  }
  const send = (next: string) => {
    lastSentAtMs.current = performance.now()
    setKnown(next)
    onChange(next === '' ? undefined : next)
  }
  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    const waitMs = APART_MS - (performance.now() - lastSentAtMs.current)
    if (waitMs <= 0) send(next.trim())
    else timer.current = setTimeout(() => send(next.trim()), waitMs)
  }
  return (
    <TextInput
      label="Search"
      type="search"
      placeholder={placeholder}
      leftSection={<Icon name="search" />}
      value={text}
      maxLength={LONGEST}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}
