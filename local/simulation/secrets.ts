import { chance } from './random.ts'

const PART_LENGTH = 10

/** The secret part of an organization's own key of a kind. */
export function ownSecret(seed: string, kind: string): string {
  return Array.from({ length: 4 }, (_, part) =>
    chance(seed, kind, part)
      .toString(36)
      .slice(2, 2 + PART_LENGTH)
      .padEnd(PART_LENGTH, 'x'),
  ).join('')
}
