import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const TESTS = join(import.meta.dirname, '..')
/** Run by themselves, or by `npm run test:faults`. */
const NOT_BY_FOLDER = /^(suites|faults)\/|^dashboard\/pages\.test\.ts$/

test('Every suite runs together with its folder, once', () => {
  const suites = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.test.ts') && !NOT_BY_FOLDER.test(path),
  )
  expect(suites.length).toBeGreaterThan(100)
  const folders = new Set(suites.flatMap((path) => path.split('/').slice(0, 1)))
  expect([...folders].toSorted(byName)).toEqual(suiteFolders().toSorted(byName))
})

const byName = (left: string, right: string) => left.localeCompare(right)

/** The folders that `test/suites` runs. */
function suiteFolders(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/^(?:await awaitedS|s)uitesIn\('([^']+)'/gm)].map(([, folder = '']) => folder))
}

test('No suite with top-level await has hooks, which would apply to its whole folder', () => {
  const infra = join(TESTS, 'infra')
  const suites = readdirSync(infra).filter((name) => name.endsWith('.test.ts'))
  const haveHooks = suites.filter((name) =>
    /\b(before|after)(All|Each)\(/.test(readFileSync(join(infra, name), 'utf8')),
  )
  expect(haveHooks).toEqual([])
})
