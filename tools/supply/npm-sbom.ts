import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')
const MOST_BYTES = 50_000_000

/**
 * npm's bill of materials of the whole lock file, for every platform. It does not contact the registry.
 * https://docs.npmjs.com/cli/v11/commands/npm-sbom
 */
export async function printedByNpm(): Promise<string> {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  return (await run('npm', args, { cwd: ROOT, maxBuffer: MOST_BYTES })).stdout
}
