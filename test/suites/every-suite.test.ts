import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const TESTS = join(import.meta.dirname, '..')
/** Run by themselves, or by `npm run test:faults`. */
const NOT_BY_FOLDER = /^(suites|infra|faults)\/|^dashboard\/pages\.test\.ts$/

test('Every suite is run with those of its folder', () => {
  const suites = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.test.ts') && !NOT_BY_FOLDER.test(path),
  )
  expect(suites.length).toBeGreaterThan(100)
  const isRun = (path: string) => {
    const [folder = '', ...inFolder] = path.split('/')
    return inFolder.length === 1 && existsSync(join(TESTS, 'suites', `${folder}.test.ts`))
  }
  expect(suites.filter((path) => !isRun(path))).toEqual([])
})
