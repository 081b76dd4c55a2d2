import { createHash } from 'node:crypto'

const UNMIXED = 0x9e37_79b9

/** A number from 0 to 1 that is determined by its arguments, so the same seed always gives the same company. */
export function chance(...parts: readonly (string | number)[]): number {
  return createHash('sha1').update(parts.join('|')).digest().readUInt32BE(0) / 0x1_0000_0000
}

/** One of the options, determined in the same way. */
export function pick<Option>(options: readonly Option[], ...parts: readonly (string | number)[]): Option {
  const option = options[Math.floor(chance(...parts) * options.length)]
  if (option === undefined) throw new RangeError('There is nothing to pick from.')
  return option
}

/** Like `chance`, for whole numbers only and much faster, because usage needs millions of them. */
export function quickChance(first: number, second: number, third: number, fourth?: number): number {
  const hash = mixed(mixed(mixed(UNMIXED, first), second), third)
  return shareOf(fourth === undefined ? hash : mixed(hash, fourth))
}

/** The same for any number of parts. */
export function chanceOfAll(parts: readonly number[]): number {
  return shareOf(parts.reduce((hash, part) => mixed(hash, part), UNMIXED))
}

function mixed(hash: number, part: number): number {
  const once = Math.imul(hash ^ (part | 0), 0x85eb_ca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2_ae35)
  return twice ^ (twice >>> 16)
}

function shareOf(hash: number): number {
  return (hash >>> 0) / 0x1_0000_0000
}
