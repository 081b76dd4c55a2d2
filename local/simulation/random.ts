import { createHash } from 'node:crypto'

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
export function quickChance(...parts: readonly number[]): number {
  let hash = 0x9e37_79b9
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85eb_ca6b)
    hash ^= hash >>> 13
    hash = Math.imul(hash, 0xc2b2_ae35)
    hash ^= hash >>> 16
  }
  return (hash >>> 0) / 0x1_0000_0000
}
