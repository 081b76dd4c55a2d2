import { Tooltip } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import classes from './hint.module.css'

/** Long enough to move the pointer from the text onto the tooltip, across the gap between them. */
const CLOSE_AFTER_MS = 200

/**
 * A text with more to say on hover and focus; read out after it. Inside a long table it is not a tab stop of its own
 * (`isTabStop` false), where the row's page says the same. The tooltip exists only while it shows: a table has hundreds. The
 * pointer may rest on it, and Escape closes it wherever the focus is (WCAG 1.4.13).
 */
export function Hint({ text, isTabStop = true, children }: { text: string; isTabStop?: boolean; children: ReactNode }) {
  const target = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    clearTimeout(timer.current)
    setIsOpen(true)
  }
  const close = () => {
    clearTimeout(timer.current)
    setIsOpen(false)
  }
  const closeSoon = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setIsOpen(false), CLOSE_AFTER_MS)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!isOpen) return undefined
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setIsOpen(false)
    }
    document.addEventListener('keydown', closeOnEscape)
    return () => document.removeEventListener('keydown', closeOnEscape)
  }, [isOpen])
  return (
    <>
      <span
        ref={target}
        className={classes.target}
        {...(isTabStop && { tabIndex: 0 })}
        onMouseEnter={open}
        onMouseLeave={closeSoon}
        onFocus={open}
        onBlur={close}
      >
        {children}
        <span className="visually-hidden"> ({text})</span>
      </span>
      {isOpen && (
        <Tooltip
          label={text}
          target={target}
          opened
          multiline
          maw={280}
          aria-hidden="true"
          className={classes.tooltip ?? ''}
          // Its own props of these names go to the target.
          attributes={{ tooltip: { onMouseEnter: open, onMouseLeave: closeSoon } }}
        />
      )}
    </>
  )
}
