import { useLayoutEffect, useRef, type ReactNode } from 'react'

/**
 * Wraps content that can be removed while it has the focus, such as a button that disappears after saving. Before
 * removal the focus moves to `target()`, unless it is elsewhere.
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
      // React runs this cleanup before removing the element, while it still has the focus.
      if (element?.contains(document.activeElement) === true) current.current()?.focus()
    }
  }, [])
  return (
    <div ref={place} className={className}>
      {children}
    </div>
  )
}
