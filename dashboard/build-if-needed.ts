import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const BUILT = join(import.meta.dirname, 'dist/index.html')

/** What the build is made from. */
const SOURCES = [
  'dashboard/src',
  'dashboard/public',
  'dashboard/index.html',
  'dashboard/vite.config.ts',
  'shared',
  'package-lock.json',
]

/** Builds the dashboard when it is missing or older than its sources; runs before `npm start`. */
async function buildIfNeeded(): Promise<void> {
  const builtAtMs = await modifiedAtMs(BUILT).catch(() => 0)
  const newest = await Promise.all(SOURCES.map((source) => newestMs(join(ROOT, source))))
  if (Math.max(...newest) <= builtAtMs) return
  const vite = await import('vite').catch(() => undefined)
  if (vite === undefined) {
    process.stdout.write(
      'The dashboard is not built: its tools are not installed (npm ci without --omit=dev). The API works.\n',
    )
    return
  }
  process.stdout.write('Building the dashboard…\n')
  await vite.build({ root: import.meta.dirname, logLevel: 'warn' })
}

async function newestMs(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const times = await Promise.all([path, ...files].map((file) => modifiedAtMs(file)))
  return Math.max(...times)
}

async function modifiedAtMs(path: string): Promise<number> {
  return (await stat(path)).mtimeMs
}

await buildIfNeeded()
