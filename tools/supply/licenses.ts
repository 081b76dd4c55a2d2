import type { LockedPackage } from './shipped-packages.ts'

/**
 * Licenses that allow redistribution as part of software under any license. They only require keeping their notices,
 * which stay in the packages.
 */
export const COMPATIBLE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
])

/**
 * True when an SPDX expression allows a compatible choice: of `A OR B` one must be compatible, of `A AND B` both.
 * Expressions with anything else, such as an exception or a file name, count as incompatible.
 */
export function isCompatible(expression: string | undefined): boolean {
  if (expression === undefined) return false
  const inner = /^\((.*)\)$/.exec(expression.trim())?.[1] ?? expression.trim()
  if (/[()]/.test(inner)) return false
  return inner.split(' OR ').some((choice) => choice.split(' AND ').every((name) => COMPATIBLE.has(name.trim())))
}

/** The page that lists the packages by license. */
export function licensesPage(packages: readonly LockedPackage[]): string {
  const byLicense = Map.groupBy(packages, ({ license }) => license ?? 'none stated')
  const sections = [...byLicense]
    .toSorted(([left, some], [right, others]) => others.length - some.length || (left < right ? -1 : 1))
    .map(([license, those]) => `## ${license}\n\n${those.map((each) => `- ${titleOf(each)}\n`).join('')}`)
  return `# Licenses of shipped packages

Rollcall is under the MIT license. It includes these ${packages.length} packages of others: the dependencies of its
functions, its CDK app and its local mode, and the packages built into the dashboard. \`npm run licenses\` writes this page
from the lock file. A test checks the page, and that every license is compatible with Rollcall's.

${sections.join('\n')}`
}

/** A package nested in another package's folder is named after both. */
function titleOf({ path, version }: LockedPackage): string {
  return `${path.replace('node_modules/', '').replaceAll('/node_modules/', ' › ')} ${version}`
}
