import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import * as z from 'zod'
import packageJson from '../../package.json' with { type: 'json' }
import { shippedPackages } from '../../infra/supply/shipped-packages.ts'
import { bareEnvironment, callersEnvironment } from '../e2e/environment.ts'
import { Processes } from '../e2e/processes.ts'
import { extent } from './extent.ts'
import { recordFigures } from './figures.ts'

const run = promisify(execFile)
const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const INSTALL_WITHIN_MS = 300_000
/** What their scripts do: pick the binary that is in the package, or count installations (package.json turns that off). */
const WITH_INSTALL_SCRIPT = {
  ships: ['@scarf/scarf', 'classic-level'],
  'builds and tests': ['@parcel/watcher', 'esbuild', 'unrs-resolver'],
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      inBundle: z.boolean().default(false),
      hasInstallScript: z.boolean().default(false),
    }),
  ),
})
const { '': _own, ...locked } = lockSchema.parse(
  JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')),
).packages

test('Every package is locked by a digest of its content, and none by an address', () => {
  for (const [path, { integrity, resolved, inBundle }] of Object.entries(locked)) {
    // What is inside another package’s archive is under that one’s digest.
    expect([path, inBundle || /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')]).toEqual([path, true])
    expect([path, resolved]).toEqual([path, undefined])
  }
  recordFigures('supply', {
    'packages locked': Object.keys(locked).length,
    'packages that ship': shippedPackages().length,
  })
})

test('No package runs a script when it is installed, but those that are known to', () => {
  const found = Object.keys(locked).filter((path) => locked[path]?.hasInstallScript === true)
  const nameOf = (path: string) => path.split('node_modules/').at(-1)
  expect(new Set(found.map((path) => nameOf(path)))).toEqual(new Set(Object.values(WITH_INSTALL_SCRIPT).flat()))
  const shipped = new Set(shippedPackages().map(({ path }) => path))
  expect(found.filter((path) => shipped.has(path)).map((path) => nameOf(path))).toEqual(WITH_INSTALL_SCRIPT.ships)
  const { scarfSettings } = packageJson
  expect(scarfSettings.enabled).toBe(false)
})

if (extent({ quick: false, whole: true })) {
  test(
    'Installed from the lock file without running any package’s script, the dashboard builds and the product runs',
    async () => {
      const folder = await copyOfProject()
      const processes = new Processes()
      try {
        const options = { cwd: folder, env: callersEnvironment(), timeout: INSTALL_WITHIN_MS, maxBuffer: 2 ** 26 }
        await run('npm', ['ci', '--ignore-scripts'], options)
        await run('npm', ['run', 'dashboard:build'], options)
        expect(existsSync(join(folder, 'dashboard/dist/index.html'))).toBe(true)
        const product = processes.start({
          command: process.execPath,
          args: ['infra/local/start.ts', '--empty'],
          folder,
          environment: bareEnvironment(folder, { PORT: '0', ROLLCALL_DATA_DIR: join(folder, 'data') }),
        })
        const [, url = ''] = await product.until(/^Rollcall is ready: (\S+)$/m)
        expect((await fetch(`${url}/v1/health`)).status).toBe(200)
        expect(await (await fetch(url)).text()).toContain('<title>')
      } finally {
        await processes.stopAll()
        rmSync(folder, { recursive: true })
      }
    },
    2 * INSTALL_WITHIN_MS,
  )
}

/** What is under version control, as it stands in the working tree. */
async function copyOfProject(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: PROJECT, maxBuffer: 2 ** 26 })
  for (const name of stdout.split('\0').filter((each) => each !== '' && existsSync(join(PROJECT, each)))) {
    cpSync(join(PROJECT, name), join(folder, name))
  }
  return folder
}
