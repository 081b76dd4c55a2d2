import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe } from '@jest/globals'

const TESTS = join(import.meta.dirname, '..')
const load = createRequire(import.meta.url)

/**
 * Makes one suite of all suites in a folder of `test`, but those left out. They share the modules that they import:
 * jest loads these for each suite again, and compiles them again, which took as long as half of the tests. Hooks stay
 * within their own file. A file that awaits something at its top cannot be among them.
 */
export function suitesIn(folder: string, leftOut: readonly string[] = []): void {
  for (const name of readdirSync(join(TESTS, folder)).toSorted()) {
    if (!name.endsWith('.test.ts') || leftOut.includes(name)) continue
    describe(`${folder}/${name}`, () => void load(join(TESTS, folder, name)))
  }
}
