import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** The next page is requested this many rows before the end. */
const AHEAD = 21

/** The rows of a long list that are in sight, and a few around them, while the window scrolls. */
export function useVirtualRows({
  count,
  height,
  kept,
  covered = 0,
  onEnd,
}: {
  /** How many rows are loaded. Undefined while the first ones load. */
  count: number | undefined
  /** The height of a row in pixels. */
  height: number
  /** A row that exists even out of sight, such as the one with the focus. Default: none. */
  kept?: number
  /** How many pixels at the window's bottom something else covers. Default: none. */
  covered?: number
  onEnd: () => void
}) {
  const body = useRef<HTMLDivElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  // What is above the list can change its height.
  useLayoutEffect(() => {
    if (body.current !== null) setScrollMargin(Math.round(body.current.getBoundingClientRect().top + scrollY))
  })
  const rangeExtractor = useCallback(
    (range: Range) => {
      const rows = defaultRangeExtractor(range)
      if (kept === undefined || kept >= range.count || rows.includes(kept)) return rows
      return [...rows, kept].toSorted((left, right) => left - right)
    },
    [kept],
  )
  const virtualizer = useWindowVirtualizer({
    count: count ?? 0,
    estimateSize: () => height,
    overscan: 6,
    scrollMargin,
    scrollPaddingEnd: covered,
    rangeExtractor,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, height])
  const rows = virtualizer.getVirtualItems()
  const last = virtualizer.range?.endIndex ?? 0
  const isNearEnd = count !== undefined && last >= count - AHEAD
  useEffect(() => {
    if (isNearEnd) onEnd()
  }, [isNearEnd, onEnd])
  return { body, virtualizer, rows, scrollMargin }
}
