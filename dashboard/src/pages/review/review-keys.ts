import { REVIEW_DECISIONS, type ReviewDecision } from '../../../../shared/domain/review.ts'

export const DECISION_KEYS: Readonly<Record<ReviewDecision, string>> = { keep: 'k', remove: 'r', exception: 'e' }
export const NOTE_KEY = 'n'
const ROWS_A_PAGE = 10

/** What a key does on an item: decides, opens the note, selects, or goes to another item. */
export type KeyAction =
  | { readonly kind: 'decide'; readonly decision: ReviewDecision }
  | { readonly kind: 'note' | 'select' }
  | { readonly kind: 'go'; readonly to: number }

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** True while a key is held down. */
  readonly repeat: boolean
}

/**
 * What a key does. `index` is the current item's place among `count`. Undefined for other keys: with a modifier they are
 * the browser's. A key that is held down does not decide.
 */
export function keyAction(pressed: Key, { index, count }: { index: number; count: number }): KeyAction | undefined {
  const { key, ctrlKey, metaKey, altKey, repeat } = pressed
  if (ctrlKey || metaKey || altKey) return undefined
  const places: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    j: index + 1,
    ArrowUp: index - 1,
    PageDown: index + ROWS_A_PAGE,
    PageUp: index - ROWS_A_PAGE,
    Home: 0,
    End: count - 1,
  }
  const to = places[key]
  if (to !== undefined) return { kind: 'go', to }
  if (repeat) return undefined
  const decision = REVIEW_DECISIONS.find((each) => DECISION_KEYS[each] === key.toLowerCase())
  if (decision !== undefined) return { kind: 'decide', decision }
  if (key.toLowerCase() === NOTE_KEY) return { kind: 'note' }
  return key === 'x' || key === ' ' ? { kind: 'select' } : undefined
}
