import { zipSync, type Zippable } from 'fflate/browser'

/**
 * Replaces fflate in the dashboard's build (`vite.config.ts`). fflate compresses files from 160,000 bytes on in a
 * worker created from text. The content policy refuses that, and fflate then never answers.
 * https://github.com/101arrowz/fflate#usage
 */
export function zip(files: Zippable, done: (error: Error | null, archive?: Uint8Array) => void): void {
  done(null, zipSync(files))
}

export { strToU8, zipSync } from 'fflate/browser'
