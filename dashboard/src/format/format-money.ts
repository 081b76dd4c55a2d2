import { type Amount, amountOf, type AmountUnits, unitsOf } from '../../../shared/domain/amount.ts'

const CURRENCY_CODE = /^[A-Z]{3}$/i
/** Amounts are counted in units of this many decimals. */
const UNIT_DECIMALS = 10
const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})
const change = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})

/** The units of an answer's amount, for exact sums. Answers have no malformed amounts: they are parsed. */
export function unitsIn(amount: Amount): AmountUnits {
  return unitsOf(amount) ?? 0n
}

/** An amount to the currency's smallest coin: `$1,204.50`. One that is smaller than half a coin, but not zero: `< $0.01`. */
export function formatMoney(amount: Amount, currency: string): string {
  return formatUnits(unitsIn(amount), currency)
}

/** The same for units of an exact sum. */
export function formatUnits(units: AmountUnits, currency: string): string {
  const format = formatOf(currency)
  const decimals = decimalsOf(format)
  const coins = roundToCoins(units, decimals)
  if (coins === 0n && units > 0n) return `< ${format.format(10 ** -decimals)}`
  if (coins === 0n && units < 0n) return `> ${format.format(-(10 ** -decimals))}`
  // Exact up to 15 digits, since nothing is calculated with it.
  return format.format(Number(coins) / 10 ** decimals)
}

/** With a sign, for differences: `+$12.00`. */
export function formatDifference(units: AmountUnits, currency: string): string {
  const text = formatUnits(units, currency)
  return units > 0n && !text.startsWith('<') ? `+${text}` : text
}

/** All digits of an amount, for a title: `12.3456 USD`. */
export function formatExactMoney(units: AmountUnits, currency: string): string {
  return `${amountOf(units)} ${currency}`
}

/** The label of a scale, in compact form: `$1.2K`. */
export function formatMoneyShort(units: number, currency: string): string {
  const value = units / 10 ** UNIT_DECIMALS
  const format = formatOf(currency, { notation: 'compact', maximumSignificantDigits: 3 })
  return format.format(value)
}

/** A share of a total in percent: `12.3%`. A dash when the total is not positive. */
export function formatShareOfUnits(part: AmountUnits, total: AmountUnits): string {
  return total > 0n ? percent.format(Number(part) / Number(total)) : '–'
}

/** How much more or less something is than before: `+12.3%`. A dash when there was nothing before. */
export function formatChange(now: AmountUnits, before: AmountUnits): string {
  return before > 0n ? change.format(Number(now - before) / Number(before)) : '–'
}

/** Whether a currency has a code that formats know. The contract allows any text. */
export function isCurrencyCode(currency: string): boolean {
  return CURRENCY_CODE.test(currency)
}

/** The decimals of the currency's smallest coin. */
export function coinDecimals(currency: string): number {
  return decimalsOf(formatOf(currency))
}

function formatOf(currency: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  if (!isCurrencyCode(currency)) return new Intl.NumberFormat(undefined, { maximumFractionDigits: 2, ...options })
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...options })
}

function decimalsOf(format: Intl.NumberFormat): number {
  return Math.min(format.resolvedOptions().maximumFractionDigits ?? 2, UNIT_DECIMALS)
}

/** Rounds half away from zero. */
function roundToCoins(units: AmountUnits, decimals: number): bigint {
  const coin = 10n ** BigInt(UNIT_DECIMALS - decimals)
  const half = units < 0n ? -coin / 2n : coin / 2n
  return (units + half) / coin
}
