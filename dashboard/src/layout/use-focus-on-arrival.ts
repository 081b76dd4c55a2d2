import { useEffect, useRef, type RefObject } from 'react'

/** After navigation, focuses the main part and scrolls to the top, as a full page load would. */
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
