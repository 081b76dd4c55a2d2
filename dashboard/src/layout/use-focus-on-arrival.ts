import { useEffect, useRef, type RefObject } from 'react'

/** After a change of page the focus goes to the main part, and the view to its top: as if the browser had loaded it. */
export function useFocusOnArrival(path: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  const previous = useRef(path)
  useEffect(() => {
    if (previous.current === path) return
    previous.current = path
    main.current?.focus({ preventScroll: true })
    if (location.hash === '') window.scrollTo(0, 0)
  }, [path])
  return main
}
