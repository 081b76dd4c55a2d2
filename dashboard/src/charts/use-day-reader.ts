import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { dayAt, dayByKey } from './day-ticks.ts'

/**
 * The index of the inspected day of a chart, and the events that select it: the pointer, a finger along the bars, and
 * the arrow keys. Undefined when no day is inspected.
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
        // A day selected by touch stays selected after the finger is lifted, until a tap elsewhere.
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
