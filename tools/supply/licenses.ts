import type { LockedPackage } from './shipped-packages.ts'

/**
 * Licenses that let software of any license, ours included, be made of what they cover and be passed on: all ask for no
 * more than to keep their notices, which stay in the packages.
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
 * True when an SPDX expression leaves a choice that is compatible: of `A OR B` one has to be, of `A AND B` both.
 * Anything else in it, an exception, say, or a file's name, is not understood and so not compatible.
 */
export function isCompatible(expression: string | undefined): boolean {
  if (expression === undefined) return false
  const inner = /^\((.*)\)$/.exec(expression.trim())?.[1] ?? expression.trim()
  if (/[()]/.test(inner)) return false
  return inner.split(' OR ').some((choice) => choice.split(' AND ').every((name) => COMPATIBLE.has(name.trim())))
}

/** The page that lists them, by license. */
export function licensesPage(packages: readonly LockedPackage[]): string {
  const byLicense = Map.groupBy(packages, ({ license }) => license ?? 'none stated')
  const sections = [...byLicense]
    .toSorted(([left, some], [right, others]) => others.length - some.length || (left < right ? -1 : 1))
    .map(([license, those]) => `## ${license}\n\n${those.map((each) => `- ${titleOf(each)}\n`).join('')}`)
  return `# Licenses of what ships

Rollcall is under the MIT license. It is made of these ${packages.length} packages of others: what its functions, its CDK app and its
local mode bring, and what is built into the dashboard. \`npm run licenses\` writes this page from the lock file; a test
holds it, and that every license is compatible with ours.

${sections.join('\n')}`
}

/** A package inside another's folder is named after both. */
function titleOf({ path, version }: LockedPackage): string {
  return `${path.replace('node_modules/', '').replaceAll('/node_modules/', ' › ')} ${version}`
}
