import { Button, Loader, type ButtonProps } from '@mantine/core'
import type { MouseEvent, ReactNode } from 'react'

/**
 * A button that keeps the focus while it works (`busy`) and when there is nothing to press it for (`off`). A disabled one
 * would drop the focus, and whoever uses a keyboard or a screen reader would be lost on the page.
 */
export function SteadyButton({
  busy = false,
  off = false,
  type = 'button',
  onClick,
  leftSection,
  children,
  ...look
}: Pick<ButtonProps, 'variant' | 'size' | 'color' | 'mt' | 'leftSection'> & {
  busy?: boolean
  off?: boolean
  type?: 'button' | 'submit'
  onClick?: () => void
  children: ReactNode
}) {
  const isIdle = busy || off
  const press = (event: MouseEvent) => {
    // Enter in a field presses the submit button too.
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
      onClick={press}
    >
      {children}
    </Button>
  )
}
