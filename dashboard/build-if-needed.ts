import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const BUILT = join(import.meta.dirname, 'dist/index.html')
/**
 * The digest of the sources of the build. It is stored beside the build, because everything in the build is deployed.
 */
const BUILT_FROM = join(import.meta.dirname, 'dist.sha256')

/** The inputs of the build. */
const SOURCES = [
  'dashboard/src',
  'dashboard/public',
  'dashboard/index.html',
  'dashboard/vite.config.ts',
  'shared',
  'package-lock.json',
]

/**
 * Builds the dashboard when it is missing or was built from other sources. Sources are compared by content, since a
 * checkout changes file times. Runs before commands that serve, deploy or test the dashboard.
 */
async function buildIfNeeded(): Promise<void> {
  const sources = await fingerprint()
  const builtFrom = await readFile(BUILT_FROM, 'utf8').catch(() => undefined)
  if (existsSync(BUILT) && builtFrom === sources) return
  const vite = await import('vite').catch(() => undefined)
  if (vite === undefined) {
    process.stderr.write(
      'The dashboard is not built: its tools are not installed (npm ci without --omit=dev). The API works.\n',
    )
    return
  }
  process.stderr.write('Building the dashboard…\n')
  await vite.build({ root: import.meta.dirname, logLevel: 'warn' })
  await writeFile(BUILT_FROM, sources)
}

/** A digest of every source's path and content. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await filesOf(join(ROOT, source))) {
      hash.update(`${relative(ROOT, file)}\0`).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return [path]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

await buildIfNeeded()
