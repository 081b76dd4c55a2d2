import { createHash } from 'node:crypto'

/** A number from 0 to 1 that depends on nothing but its parts: the same company for the same seed, whenever asked. */
export function chance(...parts: readonly (string | number)[]): number {
  return createHash('sha1').update(parts.join('|')).digest().readUInt32BE(0) / 0x1_0000_0000
}

/** One of the options, by the same rule. */
export function pick<Option>(options: readonly Option[], ...parts: readonly (string | number)[]): Option {
  const option = options[Math.floor(chance(...parts) * options.length)]
  if (option === undefined) throw new RangeError('There is nothing to pick from.')
  return option
}
