import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import { BUNDLING } from '../../infra/constructs/bundling.ts'

const run = promisify(execFile)
const SOURCE_NAMES = fileURLToPath(new URL('../../shared/aws/source-names.ts', import.meta.url))

/** Fails in a method, in a constructor, behind an `await` and within a callback, and prints the stacks. */
const PROGRAM = `
import { nameSourcesInStacks } from ${JSON.stringify(SOURCE_NAMES)}
if (process.argv.includes('by-hook')) nameSourcesInStacks()
class TooFarError extends Error {
  override readonly name = 'TooFarError'
}
class Traveller {
  constructor(readonly hops: number) {
    if (hops > 9) throw new TooFarError('ten hops')
  }
  async go(): Promise<number> {
    await Promise.resolve()
    return this.walk(this.hops)
  }
  walk(hops: number): number {
    if (hops === 0) throw new TooFarError()
    return this.walk(hops - 1)
  }
}
async function travel(): Promise<void> {
  await new Traveller(2).go()
}
function gather(): Traveller[] {
  return [1].map(() => new Traveller(10))
}
for (const attempt of [travel, gather]) {
  Promise.resolve().then(attempt).catch((error: Error) => console.log(error.stack))
}
`

let folder: string
let bundle: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-source-names-'))
  const entry = join(folder, 'traveller.ts')
  bundle = join(folder, 'bundle', 'index.js')
  writeFileSync(entry, PROGRAM)
  await build({ ...BUNDLING, entryPoints: [entry], outfile: bundle, bundle: true, platform: 'node' })
})

afterAll(() => rmSync(folder, { recursive: true }))

async function printed(...argv: string[]): Promise<string> {
  return (await run(process.execPath, argv)).stdout
}

test('Stacks of a bundle’s errors equal those with Node’s own source maps', async () => {
  const byHook = await printed(bundle, 'by-hook')
  expect(byHook).toContain(`${join(folder, 'traveller.ts')}:16:27`)
  expect(byHook).toBe(await printed('--enable-source-maps', bundle))
})

test.each([['missing'], ['broken']])('With a map that is %s, an error keeps Node’s stack', async (what) => {
  if (what === 'missing') rmSync(`${bundle}.map`)
  else writeFileSync(`${bundle}.map`, '{"version":3')
  expect(await printed(bundle, 'by-hook')).toBe(await printed(bundle))
})
