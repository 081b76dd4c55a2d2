import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { isCompatible, licensesPage } from '../../../tools/supply/licenses.ts'
import { importedByDashboard, shippedPackages } from '../../../tools/supply/shipped-packages.ts'

const shipped = shippedPackages()
const names = new Set(shipped.map(({ name }) => name))

test('docs/licenses.md lists the shipped packages; npm run licenses writes it', () => {
  expect(readFileSync(new URL('../../../docs/licenses.md', import.meta.url), 'utf8')).toBe(licensesPage(shipped))
})

test('Every license of a shipped package is compatible with Rollcall’s', () => {
  expect(shipped.filter(({ license }) => !isCompatible(license))).toEqual([])
})

test('The shipped packages are all dependencies of the functions, the local mode and the dashboard', () => {
  for (const name of [
    'zod',
    '@aws-sdk/client-dynamodb',
    '@smithy/core',
    'aws-cdk-lib',
    'dynalite',
    'swagger-ui-dist',
  ]) {
    expect([name, names.has(name)]).toEqual([name, true])
  }
  // Built into the dashboard, though npm calls them development dependencies.
  expect(importedByDashboard()).toEqual(
    expect.arrayContaining(['@mantine/core', 'oidc-client-ts', 'react', 'react-dom']),
  )
  for (const name of [...importedByDashboard(), 'scheduler', 'jwt-decode'])
    expect([name, names.has(name)]).toEqual([name, true])
  for (const name of ['jest', 'playwright-core', 'typescript', '@cloud-copilot/iam-simulate']) {
    expect([name, names.has(name)]).toEqual([name, false])
  }
})

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['GPL-3.0-only OR Apache-2.0', true],
  ['MIT AND ISC', true],
  ['MIT AND GPL-2.0-only', false],
  ['AGPL-3.0-or-later', false],
  ['GPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE.txt', false],
  ['UNLICENSED', false],
  ['Apache-2.0 WITH LLVM-exception', false],
  ['(MIT OR (GPL-2.0-only AND ISC))', false],
  ['', false],
  [undefined, false],
])('The license %s is compatible: %s', (expression, expected) => {
  expect(isCompatible(expression)).toBe(expected)
})
