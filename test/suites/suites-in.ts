import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe } from '@jest/globals'

const TESTS = join(import.meta.dirname, '..')
const load = createRequire(import.meta.url)

/**
 * Makes one suite of all suites below a folder of `test`, except excluded ones. They share imported modules, which jest
 * would otherwise load and compile again for each suite: half of the time of the tests. Hooks stay within their own
 * file. Files with top-level await cannot be included: see `awaitedSuitesIn`.
 */
export function suitesIn(folder: string, leftOut: readonly string[] = []): void {
  for (const name of suiteFiles(folder)) {
    if (!leftOut.includes(name)) describe(`${folder}/${name}`, () => void load(join(TESTS, folder, name)))
  }
}

/** The same for a folder whose files await something at their top, and have no hooks: those would be all files’. */
export async function awaitedSuitesIn(folder: string): Promise<void> {
  for (const name of suiteFiles(folder)) await import(join(TESTS, folder, name))
}

function suiteFiles(folder: string): string[] {
  return readdirSync(join(TESTS, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .toSorted()
}
