import { capitalize } from '../format/list-in-words.ts'

/** `every-6-hours` as a readable label. */
export function nameInWords(name: string): string {
  return capitalize(name.replaceAll('-', ' '))
}
