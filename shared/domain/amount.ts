/**
 * An amount of money in its currency's main unit: a decimal text without exponent and trailing zeros, such as `12.5` or `-0.25`.
 * It has at most ten decimals, and is never a float.
 */
export type Amount = string

/** A number of ten-billionths of the main unit, in which amounts are added up. */
export type AmountUnits = bigint

const DECIMALS = 10
const UNITS_PER_ONE = 10n ** BigInt(DECIMALS)
const NUMBER = /^([+-]?)(\d{1,400})(?:\.(\d{1,400}))?(?:e([+-]?\d{1,6}))?$/i
/** Larger numbers would need too much memory. */
const LARGEST_POWER = 400

/**
 * The units of a number as it is written, with or without exponent. Rounded once to ten decimals, half to even. Null for another
 * text, and for a number with hundreds of digits.
 */
export function unitsOf(text: string): AmountUnits | null {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text.trim()) ?? []
  if (whole === '') return null
  const size = timesTenTo(BigInt(whole + fraction), Number(exponent) - fraction.length + DECIMALS)
  return size !== null && sign === '-' ? -size : size
}

export function amountOf(units: AmountUnits): Amount {
  const size = units < 0n ? -units : units
  const decimals = String(size % UNITS_PER_ONE)
    .padStart(DECIMALS, '0')
    .replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${size / UNITS_PER_ONE}${decimals === '' ? '' : `.${decimals}`}`
}

/** The exact sum. Throws `RangeError` for a text that is no amount. */
export function sumOfAmounts(amounts: readonly Amount[]): Amount {
  return amountOf(amounts.reduce((sum, amount) => sum + requireUnits(amount), 0n))
}

/** The units of an amount. Throws `RangeError` for a text that is none. */
export function requireUnits(amount: Amount): AmountUnits {
  const units = unitsOf(amount)
  if (units === null) throw new RangeError('An amount of money is not a decimal text.')
  return units
}

/** Rounds half to even. Null when the result is too large. */
function timesTenTo(digits: bigint, power: number): bigint | null {
  if (digits === 0n) return 0n
  if (power >= 0) return power > LARGEST_POWER ? null : digits * 10n ** BigInt(power)
  // The result is less than a tenth.
  if (-power > String(digits).length) return 0n
  const divisor = 10n ** BigInt(-power)
  const quotient = digits / divisor
  const twice = (digits % divisor) * 2n
  const roundsUp = twice > divisor || (twice === divisor && quotient % 2n === 1n)
  return roundsUp ? quotient + 1n : quotient
}
