import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../.faults/', import.meta.url))

/** Leaves a suite's counts for the table that is printed after the run. Named in words: “kills survived”. */
export function recordFigures(suite: string, figures: Readonly<Record<string, number>>): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${FOLDER}${suite}.json`, JSON.stringify(figures))
}
