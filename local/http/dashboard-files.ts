import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

const FOLDER = join(import.meta.dirname, '../../dashboard/dist')
const INDEX = '/index.html'

/** Client-side routes. All of them are answered with the same document. */
const OWN_PATHS =
  /^\/($|(findings|people|organizations|spend|keys|reviews|connect|help|signed-in)$|(people|integrations|reviews)\/)/

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** Allows only the dashboard's own scripts and styles: nothing inline, nothing from other hosts, no framing. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** A file of the dashboard with its response headers. */
export interface DashboardFile {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The same content, compressed with gzip. */
  readonly gzipped: Buffer
}

/** The built dashboard. */
export interface DashboardFiles {
  /** The file for a path. Undefined when the path is not one of the dashboard's. */
  readonly find: (path: string) => DashboardFile | undefined
  /** The document for unknown addresses; the app shows its own not-found page. Undefined before the first build. */
  readonly notFoundPage: DashboardFile | undefined
}

/**
 * Reads the built dashboard. Only files that exist now are served, by their exact names, so no path can reach other
 * files. Before the first build there are none.
 */
export async function readDashboardFiles(folder = FOLDER): Promise<DashboardFiles> {
  if (!existsSync(folder)) return { find: () => undefined, notFoundPage: undefined }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, DashboardFile>()
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length).replaceAll('\\', '/')
    const body = await readFile(path)
    files.set(name, { headers: headersOf(name, type), body, gzipped: await compress(body) })
  }
  const index = files.get(INDEX)
  return { find: (path) => files.get(path) ?? (OWN_PATHS.test(path) ? index : undefined), notFoundPage: index }
}

/** Asset names contain a digest of their content. Everything else must be revalidated on each request. */
function headersOf(name: string, type: string): Record<string, string> {
  const isDigested = name.startsWith('/assets/')
  return {
    ...HEADERS,
    'content-type': type,
    'cache-control': isDigested ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}
