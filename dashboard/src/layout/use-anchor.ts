import { useEffect } from 'react'

/** Scrolls to the address's anchor once the page has rendered, because the browser tried before that. */
export function useAnchor(): void {
  useEffect(() => {
    const scroll = () => {
      if (location.hash !== '') document.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`)?.scrollIntoView()
    }
    scroll()
    window.addEventListener('hashchange', scroll)
    return () => window.removeEventListener('hashchange', scroll)
  }, [])
}
