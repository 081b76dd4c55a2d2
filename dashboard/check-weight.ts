import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const DIST = join(import.meta.dirname, 'dist')
const AT_MOST_BYTES = 300_000

/** Everything the document loads before its first page shows: scripts, their imports, and styles. */
async function firstLoad(): Promise<readonly string[]> {
  const html = await readFile(join(DIST, 'index.html'), 'utf8')
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].flatMap(([, path]) => path ?? [])
}

/** Fails when the compressed first load exceeds its limit. */
async function checkWeight(): Promise<void> {
  const paths = await firstLoad()
  if (paths.length === 0) throw new Error('dashboard/dist/index.html loads nothing. Run `npm run dashboard:build`.')
  let total = 0
  for (const path of paths) {
    const bytes = gzipSync(await readFile(join(DIST, path))).byteLength
    total += bytes
    process.stdout.write(`${String(bytes).padStart(8)}  ${path}\n`)
  }
  process.stdout.write(`${String(total).padStart(8)}  first load, compressed; at most ${AT_MOST_BYTES}\n`)
  if (total > AT_MOST_BYTES) process.exitCode = 1
}

await checkWeight()
