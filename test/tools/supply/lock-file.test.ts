import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import * as z from 'zod'
import packageJson from '../../../package.json' with { type: 'json' }
import { shippedPackages } from '../../../tools/supply/shipped-packages.ts'

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
  JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8')),
).packages

test('Every package is locked by a digest of its content, without an address', () => {
  // What is inside another package’s archive is under that one’s digest.
  const isDigested = (path: string) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(locked[path]?.integrity ?? '')
  const paths = Object.keys(locked)
  expect(paths.length).toBeGreaterThan(100)
  expect(paths.filter((path) => locked[path]?.inBundle === false && !isDigested(path))).toEqual([])
  expect(paths.filter((path) => locked[path]?.resolved !== undefined)).toEqual([])
})

test('Only known packages run a script during installation', () => {
  const found = Object.keys(locked).filter((path) => locked[path]?.hasInstallScript === true)
  const nameOf = (path: string) => path.split('node_modules/').at(-1)
  expect(new Set(found.map((path) => nameOf(path)))).toEqual(new Set(Object.values(WITH_INSTALL_SCRIPT).flat()))
  const shipped = new Set(shippedPackages().map(({ path }) => path))
  expect(found.filter((path) => shipped.has(path)).map((path) => nameOf(path))).toEqual(WITH_INSTALL_SCRIPT.ships)
  const { scarfSettings } = packageJson
  expect(scarfSettings.enabled).toBe(false)
})
