/** A UTC calendar day, `YYYY-MM-DD`. Sorts as text. Never local time. */
export type Day = string

export const MS_PER_DAY = 86_400_000

/** The UTC day of an instant. */
export function dayOf(instant: Date): Day {
  return instant.toISOString().slice(0, 10)
}

/** Midnight UTC at the beginning of a day. */
export function startOfDay(day: Day): Date {
  return new Date(`${day}T00:00:00.000Z`)
}

/** The day `count` days after a day. Negative counts go back. */
export function addDays(day: Day, count: number): Day {
  return dayOf(new Date(startOfDay(day).getTime() + count * MS_PER_DAY))
}

/** The number of days from `from` to `to`. Negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOfDay(to).getTime() - startOfDay(from).getTime()) / MS_PER_DAY)
}

/** True for an existing day. False for texts such as `2026-02-30`. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(instant.getTime()) && dayOf(instant) === text
}
