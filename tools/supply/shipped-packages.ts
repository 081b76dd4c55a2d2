import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const ROOT = join(import.meta.dirname, '../..')
const DASHBOARD = join(ROOT, 'dashboard/src')

const names = z.record(z.string(), z.string()).default({})
const lockedSchema = z.object({
  version: z.string(),
  /** An SPDX expression. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
  license: z.string().optional(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
})
const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockedSchema.partial({ version: true })),
})

/** A package in the lock file. */
export interface LockedPackage {
  /** The path where npm installs it, such as `node_modules/zod`. */
  readonly path: string
  readonly name: string
  readonly version: string
  readonly license: string | undefined
}

/**
 * The packages that ship, by the lock file: the dependencies of package.json and of the dashboard's imports, each with
 * their own dependencies. The dashboard's packages are built into its files, so they are development dependencies,
 * which npm's `--omit=dev` leaves out. The result covers every platform and is the same on each.
 */
export function shippedPackages(): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')))
  const own = packages['']
  const roots = [...Object.keys({ ...own?.dependencies, ...own?.optionalDependencies }), ...importedByDashboard()]
  const found = new Map<string, LockedPackage>()
  const waiting = roots.map((name) => ({ from: '', name, isOptional: false }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const path = placeOf(packages, next.from, next.name)
    const locked = path === undefined ? undefined : packages[path]
    if (path === undefined || locked?.version === undefined) {
      if (next.isOptional) continue
      throw new Error(`The lock file has no ${next.name}, which ${next.from || 'the project'} needs.`)
    }
    if (found.has(path)) continue
    found.set(path, { path, name: next.name, version: locked.version, license: locked.license })
    const { dependencies, optionalDependencies, peerDependencies } = locked
    const needed = Object.keys(dependencies).map((name) => ({ from: path, name, isOptional: false }))
    const welcome = Object.keys({ ...optionalDependencies, ...peerDependencies })
    waiting.push(...needed, ...welcome.map((name) => ({ from: path, name, isOptional: true })))
  }
  return [...found.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1))
}

/** The names of the packages that the dashboard's sources import, styles included. */
export function importedByDashboard(): string[] {
  const sources = readdirSync(DASHBOARD, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const imported = sources.flatMap((name) =>
    [
      ...readFileSync(join(DASHBOARD, name), 'utf8').matchAll(
        /(?:^import\b[^';]*|^export\b[^';]*\bfrom |\bimport\()'([^'.][^']*)'/gm,
      ),
    ].map(([, specifier = '']) => specifier),
  )
  return [...new Set(imported.map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier))].toSorted()
}

/** The path where Node finds a package from another package's path: beside it, or in a parent folder. */
function placeOf(packages: Readonly<Record<string, unknown>>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (path in packages) return path
    if (folder === '') return undefined
  }
}
