import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { dayAt, dayByKey } from './day-ticks.ts'

/**
 * Which day of a chart is read out, by its place, and the events that choose it: the pointer over it, a finger along it (which leaves
 * the page where it is), the arrow keys. Undefined when none is.
 */
export function useDayReader(count: number) {
  const [chosen, setChosen] = useState<number>()
  const read = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setChosen(dayAt((event.clientX - left) / width, count))
  }
  return {
    index: chosen !== undefined && chosen < count ? chosen : undefined,
    handlers: {
      onPointerDown: read,
      onPointerMove: read,
      onPointerLeave: (event: PointerEvent<HTMLElement>) => {
        // What a finger chose stays when it is lifted, until it taps elsewhere.
        if (event.pointerType === 'mouse') setChosen(undefined)
      },
      onFocus: () => setChosen((current) => current ?? count - 1),
      onBlur: () => setChosen(undefined),
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.key === 'Escape') return setChosen(undefined)
        const next = dayByKey(event.key, chosen ?? count - 1, count)
        if (next === undefined) return
        event.preventDefault()
        setChosen(next)
      },
    },
  }
}
