/** The characters of a listed key that may be kept. */
const HINT_LENGTH = 4

/** The end of a text whose middle was visibly replaced, as `abc***wxyz`, `abc...wxyz` or `••••wxyz`. */
const AFTER_MASK = /(?:\*|\.{3}|…|•)([A-Za-z0-9_-]+)$/

/**
 * The last four characters of a masked key. Null for a text that is not visibly masked, which can be the key itself: then not
 * even its end is known to be harmless.
 */
export function hintOf(masked: string | null | undefined): string | null {
  const end = AFTER_MASK.exec(masked?.trim() ?? '')?.[1]
  return end?.slice(-HINT_LENGTH) ?? null
}
