/** The domains in a line of text, with any separators. */
export function parseDomains(text: string): string[] {
  return text.split(/[\s,;]+/).filter((domain) => domain !== '')
}

/**
 * The instant at which a day begins in the reader's zone, so the warning comes early rather than late. Null for no day.
 */
export function expiryInstant(day: string): string | null {
  return day === '' ? null : new Date(`${day}T00:00`).toISOString()
}

/** The day of an instant in the reader's zone, in the format of a date field. */
export function expiryDay(instant: string | null): string {
  if (instant === null) return ''
  const at = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
