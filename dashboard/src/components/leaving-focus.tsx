import { useLayoutEffect, useRef, type ReactNode } from 'react'

/**
 * What goes while somebody may be on it, such as a button that goes with the change it saved. Just before it goes, the focus
 * moves to `heir()`; it stays where it is when it was elsewhere.
 */
export function LeavingFocus({
  heir,
  className,
  children,
}: {
  heir: () => HTMLElement | null | undefined
  className: string | undefined
  children: ReactNode
}) {
  const place = useRef<HTMLDivElement>(null)
  const current = useRef(heir)
  useLayoutEffect(() => {
    current.current = heir
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
