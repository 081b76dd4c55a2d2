import { Tooltip } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import classes from './hint.module.css'

/** Enough time to move the pointer from the text to the tooltip. */
const CLOSE_AFTER_MS = 200

/**
 * A text with a tooltip on hover and focus, which screen readers announce after the text. With `isTabStop` false it is
 * not a tab stop, for long tables whose row page has the same information. The tooltip is only mounted while visible,
 * because a table has hundreds. The pointer can move onto it, and Escape closes it wherever the focus is (WCAG 1.4.13).
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
          // The component passes its own props of these names to the target.
          attributes={{ tooltip: { onMouseEnter: open, onMouseLeave: closeSoon } }}
        />
      )}
    </>
  )
}
