import { useEffect } from 'react'

/** Scrolls to the part that the address names, once it is there: the page came later than the address. */
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
