/** A text without blanks around it. Null when it is absent or empty. */
export function textOf(text: string | null | undefined): string | null {
  return text?.trim() || null
}

export function isoOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString()
}

/** The same for a time that can be absent. OpenAI also sends zero for it. */
export function isoOrNull(unixSeconds: number | null | undefined): string | null {
  return unixSeconds ? isoOf(unixSeconds) : null
}
