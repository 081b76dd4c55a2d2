import { useRef, useState, type RefObject } from 'react'

/** The current one of a list of items. */
export interface Cursor {
  /** -1 in an empty list. */
  readonly index: number
  /** How often an item was chosen. */
  readonly moves: number
  /** True if the current item shall take the focus from wherever it is. */
  readonly wantsFocus: RefObject<boolean>
  /** Makes an item the current one. It keeps the focus if the one before had it; with `focus`, it takes it. */
  readonly moveTo: (index: number, options?: { readonly focus: boolean }) => void
}

/**
 * The current item of a list, which stays the same item when the list changes, and the same place when it is gone.
 * `fallback` gives the place before one was chosen.
 */
export function useCursor(items: readonly { readonly id: string }[], fallback: () => number): Cursor {
  const [current, setCurrent] = useState<{ readonly id: string | undefined; readonly index: number }>()
  const [moves, setMoves] = useState(0)
  const wantsFocus = useRef(false)
  const moveTo = (to: number, { focus } = { focus: false }) => {
    const index = Math.max(0, Math.min(to, items.length - 1))
    wantsFocus.current = focus
    setCurrent({ id: items[index]?.id, index })
    setMoves(moves + 1)
  }
  return { index: placeOf(current, items, fallback), moves, wantsFocus, moveTo }
}

function placeOf(
  current: { readonly id: string | undefined; readonly index: number } | undefined,
  items: readonly { readonly id: string }[],
  fallback: () => number,
): number {
  if (current === undefined) return Math.min(fallback(), items.length - 1)
  // Usually it is where it was: a list of thousands is only searched after it changed.
  if (items[current.index]?.id === current.id) return current.index
  const found = items.findIndex(({ id }) => id === current.id)
  return found === -1 ? Math.min(current.index, items.length - 1) : found
}
