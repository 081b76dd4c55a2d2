import { formatNumber } from '../../format/format-number.ts'

/**
 * Explains why fewer people are listed than there are seats without use: how many of those seats are left out of the
 * list. Empty when none are, or when the seats were counted for other days.
 */
export function leftOutInWords(listed: number, unusedSeats: number | undefined, days: number): string {
  const others = unusedSeats === undefined ? 0 : unusedSeats - listed
  return others > 0 ? `Left out: ${formatNumber(others)} more with no use in ${formatNumber(days)} days.` : ''
}
