import { Button, Loader, type ButtonProps } from '@mantine/core'
import type { MouseEvent, ReactNode } from 'react'

/**
 * A button that keeps the focus while it works (`busy`) and while it has no effect (`off`). A disabled button would
 * lose the focus, which disorients people who use a keyboard or a screen reader.
 */
export function SteadyButton({
  busy = false,
  off = false,
  expanded,
  type = 'button',
  onClick,
  leftSection,
  children,
  ...look
}: Pick<ButtonProps, 'variant' | 'size' | 'color' | 'mt' | 'leftSection'> & {
  busy?: boolean
  off?: boolean
  /** Whether what the button opens is open. Undefined for a button that opens nothing. */
  expanded?: boolean
  type?: 'button' | 'submit'
  onClick?: () => void
  children: ReactNode
}) {
  const isIdle = busy || off
  const press = (event: MouseEvent) => {
    // Enter in a field also triggers the submit button.
    if (isIdle) event.preventDefault()
    else onClick?.()
  }
  return (
    <Button
      {...look}
      type={type}
      leftSection={busy ? <Loader size={14} color="currentColor" /> : leftSection}
      data-disabled={isIdle}
      aria-disabled={isIdle}
      aria-busy={busy}
      aria-expanded={expanded}
      onClick={press}
    >
      {children}
    </Button>
  )
}
