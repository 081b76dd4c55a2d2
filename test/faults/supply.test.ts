import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { bareEnvironment, callersEnvironment } from '../e2e/environment.ts'
import { Processes } from '../e2e/processes.ts'
import { waitUntil } from '../watchdog.ts'

const execute = promisify(execFile)
const PROJECT = fileURLToPath(new URL('../../', import.meta.url))

const processes = new Processes()
const ending = new AbortController()
let folder: string

// Installing may take as long as a test may: it does nothing but work.
beforeAll(async () => {
  folder = await copyOfProject()
  await run('npm', ['ci', '--ignore-scripts'], folder)
})
afterEach(() => processes.stopAll())
afterAll(() => {
  ending.abort()
  rmSync(folder, { recursive: true })
})

test('The dashboard builds after an installation from the lock file without install scripts', async () => {
  await run('npm', ['run', 'dashboard:build'], folder)
  expect(existsSync(join(folder, 'dashboard/dist/index.html'))).toBe(true)
})

test('The product runs, and serves the built dashboard', async () => {
  const product = processes.start({
    command: process.execPath,
    args: ['local/start.ts', '--empty'],
    folder,
    environment: bareEnvironment(folder, { PORT: '0', ROLLCALL_DATA_DIR: join(folder, 'data') }),
  })
  const [, url = ''] = await waitUntil(
    'Rollcall to be ready',
    () => /^Rollcall is ready: (\S+)$/m.exec(product.text()),
    () => product.text(),
  )
  expect((await fetch(`${url}/v1/health`)).status).toBe(200)
  expect(await (await fetch(url)).text()).toContain('<title>')
})

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const options = { cwd, env: callersEnvironment(), maxBuffer: 2 ** 26, signal: ending.signal }
  return (await execute(command, args, options)).stdout
}

/** What is under version control, as it stands in the working tree. */
async function copyOfProject(): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const names = await run('git', ['ls-files', '-z'], PROJECT)
  for (const name of names.split('\0').filter((each) => each !== '' && existsSync(join(PROJECT, each)))) {
    cpSync(join(PROJECT, name), join(copy, name))
  }
  return copy
}
