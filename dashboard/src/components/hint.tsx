import { Tooltip } from '@mantine/core'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import classes from './hint.module.css'

/**
 * A text with more to say on hover and focus; read out after it. Inside a long table it is not a tab stop of its own
 * (`isTabStop` false), where the row's page says the same. The tooltip exists only while it shows: a table has hundreds.
 */
export function Hint({ text, isTabStop = true, children }: { text: string; isTabStop?: boolean; children: ReactNode }) {
  const target = useRef<HTMLSpanElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => setIsOpen(true)
  const close = () => setIsOpen(false)
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
  }
  return (
    <>
      <span
        ref={target}
        className={classes.target}
        {...(isTabStop && { tabIndex: 0 })}
        onMouseEnter={open}
        onMouseLeave={close}
        onFocus={open}
        onBlur={close}
        onKeyDown={closeOnEscape}
      >
        {children}
        <span className="visually-hidden"> ({text})</span>
      </span>
      {isOpen && <Tooltip label={text} target={target} opened multiline maw={280} aria-hidden="true" />}
    </>
  )
}
