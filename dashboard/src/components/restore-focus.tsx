import { useLayoutEffect, useRef, type ReactNode } from 'react'

/**
 * What goes while somebody may be on it, such as a button that goes with the change it saved. Just before it goes, the focus
 * moves to `target()`; it stays where it is when it was elsewhere.
 */
export function RestoreFocus({
  target,
  className,
  children,
}: {
  target: () => HTMLElement | null | undefined
  className: string | undefined
  children: ReactNode
}) {
  const place = useRef<HTMLDivElement>(null)
  const current = useRef(target)
  useLayoutEffect(() => {
    current.current = target
  })
  useLayoutEffect(() => {
    const element = place.current
    return () => {
      // Layout effects are undone before the element is taken out of the document, while it still has the focus.
      if (element?.contains(document.activeElement) === true) current.current()?.focus()
    }
  }, [])
  return (
    <div ref={place} className={className}>
      {children}
    </div>
  )
}
