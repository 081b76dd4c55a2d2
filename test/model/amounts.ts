import { order } from './rules.ts'

/** A decimal text, moved by ten places, half rounded to even. */
export function tenBillionths(text: string): bigint {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.')
  const shift = Number(exponent) + 10 - fraction.length
  const digits = whole + fraction
  const sign = mantissa.startsWith('-') ? -1n : 1n
  if (shift >= 0) return sign * BigInt(digits + '0'.repeat(shift))
  const kept = digits.padStart(-shift + 1, '0')
  const [before, after] = [BigInt(kept.slice(0, shift)), kept.slice(shift)]
  const half = `5${'0'.repeat(after.length - 1)}`
  const roundsUp = order(after, half) > 0 || (after === half && before % 2n === 1n)
  return sign * (roundsUp ? before + 1n : before)
}

/** “A decimal string in the currency's main unit, without exponent and trailing zeros.” */
export function amountText(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(11, '0')
  const fraction = digits.slice(-10).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -10)}${fraction && `.${fraction}`}`
}
