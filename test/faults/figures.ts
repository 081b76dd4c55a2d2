import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { extent } from './extent.ts'

const FOLDER = fileURLToPath(new URL('../../.faults/', import.meta.url))

/** Leaves a suite's counts for the table that ends a whole run; a quick share leaves none. Named in words: “kills survived”. */
export function recordFigures(suite: string, figures: Readonly<Record<string, number>>): void {
  if (extent({ quick: true, whole: false })) return
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${FOLDER}${suite}.json`, JSON.stringify(figures))
}
