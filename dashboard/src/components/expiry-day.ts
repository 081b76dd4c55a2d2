/** The beginning of a day in the reader's zone as an instant: the warning rather comes early. Null for no day. */
export function expiryInstant(day: string): string | null {
  return day === '' ? null : new Date(`${day}T00:00`).toISOString()
}

/** The day of an instant in the reader's zone, as a date field takes it. */
export function expiryDay(instant: string | null): string {
  if (instant === null) return ''
  const at = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
