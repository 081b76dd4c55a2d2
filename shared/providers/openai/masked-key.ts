/** The characters of a listed key that may be kept. */
const HINT_LENGTH = 4

/** The end of a text whose middle was visibly replaced, as `sk-proj-abc***wxyz`, `sk-...wxyz` or `••••wxyz`. */
const AFTER_MASK = /(?:\*|\.{3}|…|•)([A-Za-z0-9_-]+)$/

/**
 * The last four characters of a masked key. Null for a text that is not visibly masked, which can be the key itself: then not
 * even its end is known to be harmless.
 */
export function hintOf(masked: string | null | undefined): string | null {
  const end = AFTER_MASK.exec(masked?.trim() ?? '')?.[1]
  return end?.slice(-HINT_LENGTH) ?? null
}

/** A key as a whole, cut off or masked: a prefix of keys, and what can only be a part of a key or a mask after it. */
const PREFIXED_KEY =
  /(?<![A-Za-z0-9])sk-(?:(?:admin|proj|svcacct)-[A-Za-z0-9_-]{5,}|[A-Za-z0-9_-]{20,}|[A-Za-z0-9_-]*(?:\*+|\.{3}|…|•+)[A-Za-z0-9_-]*)/gi
/** The secret part alone: a long word of capitals, small letters and digits. */
const SECRET_PART =
  /(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{40,}/g
const MASK = '••••'

/** A text by people, such as the name of a key, without what looks like a key in it. */
export function withoutKeys(text: string): string {
  return text.replaceAll(PREFIXED_KEY, MASK).replaceAll(SECRET_PART, MASK)
}
