import { formatNumber } from '../../format/format-number.ts'

/**
 * How many seats without use in some days are not in the list of people without recent use, so that the two counts are not taken for
 * different figures of one thing. Empty when there are none, or when the seats are counted for other days.
 */
export function leftOutInWords(listed: number, unusedSeats: number | undefined, days: number): string {
  const others = unusedSeats === undefined ? 0 : unusedSeats - listed
  return others > 0 ? `Left out: ${formatNumber(others)} more with no use in ${formatNumber(days)} days.` : ''
}
