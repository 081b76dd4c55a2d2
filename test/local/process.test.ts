import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  type SimulatedOrganization,
  startSimulatedOrganization,
} from '../../infra/local/simulated-organization/server.ts'
import { type ProductProcess, READY, startProcess } from './product-process.ts'

let folder: string
let started: ProductProcess[]
let organization: SimulatedOrganization

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  started = []
  organization = await startSimulatedOrganization({ members: 150 })
})
afterEach(async () => {
  await Promise.all(started.map((process) => process.end('SIGKILL')))
  await organization.close()
  rmSync(folder, { recursive: true })
})

/** Starts the product on this test's folder; it ends with the test. */
function start(environment: Record<string, string> = {}, args: string[] = []): ProductProcess {
  const one = startProcess({ dataDir: join(folder, 'data'), environment, args })
  started.push(one)
  return one
}

async function newestSync(ready: string): Promise<{ state: string; problem: { code: string } | null }> {
  const url = ready.replace('Rollcall is ready: ', '')
  const answer: unknown = await (await fetch(`${url}/v1/integrations`)).json()
  const { items } = answer as { items: { lastSync: { state: string; problem: { code: string } | null } }[] }
  const [first] = items
  if (first === undefined) throw new Error('nothing is connected')
  return first.lastSync
}

async function untilRunning(url: string): Promise<void> {
  const deadline = Date.now() + 5_000
  while (Date.now() < deadline) {
    if ((await newestSync(url)).state === 'running') return
  }
  throw new Error('The sync did not start.')
}

test('Without a key, a simulated organization is connected and synced when it says that it is ready', async () => {
  const rollcall = start()
  expect(await newestSync(await rollcall.until(READY))).toMatchObject({ state: 'succeeded' })
  expect(rollcall.text()).toMatch(/Simulated organization +\d+ +\d+ +\d+ +[\d,]+/)
  expect(await rollcall.end('SIGTERM')).toBe(0)
})

test('A second process on one data folder refuses with a clear message, and the first goes on', async () => {
  const first = start({}, ['--empty'])
  const ready = await first.until(READY)
  const second = start({}, ['--empty'])
  await second.until(/Another Rollcall is using the data folder/)
  expect(await second.exited).toBe(1)
  expect((await fetch(`${ready.replace('Rollcall is ready: ', '')}/v1/health`)).status).toBe(200)
})

test.each(['SIGTERM', 'SIGKILL'] as const)(
  '%s during a sync loses nothing, and the next sync ends right',
  async (signal) => {
    const environment = { OPENAI_BASE_URL: organization.baseUrl, OPENAI_ADMIN_KEY: organization.keys.admin }
    const first = start(environment)
    const url = (await first.until(READY)).replace('Rollcall is ready: ', '')
    const answer: unknown = await (await fetch(`${url}/v1/integrations`)).json()
    const { id } = (answer as { items: { id: string }[] }).items[0] ?? { id: '' }
    const licenses = await (await fetch(`${url}/v1/integrations/${id}/licenses`)).json()
    organization.set({ latencyMs: 5_000 })
    await fetch(`${url}/v1/integrations/${id}/syncs`, { method: 'POST' })
    await untilRunning(url)
    expect(await first.end(signal)).toBe(signal === 'SIGTERM' ? 0 : null)

    organization.set({ latencyMs: 0 })
    const second = start(environment)
    const ready = await second.until(READY)
    expect(await newestSync(ready)).toMatchObject({ state: 'succeeded', problem: null })
    const again = `${ready.replace('Rollcall is ready: ', '')}/v1/integrations/${id}`
    const { items } = (await (await fetch(`${again}/syncs`)).json()) as {
      items: { problem: { code: string } | null }[]
    }
    expect(items.map((sync) => sync.problem?.code ?? null)).toContain('interrupted')
    const { asOf: _after, ...figures } = (await (await fetch(`${again}/licenses`)).json()) as Record<string, unknown>
    const { asOf: _before, ...before } = licenses as Record<string, unknown>
    expect(figures).toEqual(before)
  },
)

test('SIGTERM while it is starting ends it at once and well', async () => {
  organization.set({ latencyMs: 5_000 })
  const rollcall = start({ OPENAI_BASE_URL: organization.baseUrl, OPENAI_ADMIN_KEY: organization.keys.admin })
  await rollcall.until(/Connecting OpenAI/)
  expect(await rollcall.end('SIGTERM')).toBe(0)
})

test('With a token, the calls to try name its variable, and the token itself is not printed', async () => {
  const rollcall = start({ ROLLCALL_TOKEN: 'a-token-of-ours' }, ['--empty'])
  await rollcall.until(READY)
  await rollcall.until(/-H "Authorization: Bearer \$ROLLCALL_TOKEN"/)
  expect(rollcall.text()).not.toContain('a-token-of-ours')
})

test('Another encryption key is told as what it is', async () => {
  const first = start({ ROLLCALL_ENCRYPTION_KEY: 'the first passphrase' }, ['--empty'])
  await first.until(READY)
  await first.end('SIGTERM')
  const second = start({ ROLLCALL_ENCRYPTION_KEY: 'another passphrase' }, ['--empty'])
  expect(await second.exited).toBe(1)
  expect(second.text()).toMatch(/^The stored Admin keys cannot be decrypted: ROLLCALL_ENCRYPTION_KEY is not .*\n$/)
})

test('A key that is refused at the start is told with its cure, and Rollcall runs on', async () => {
  const rollcall = start({ OPENAI_BASE_URL: organization.baseUrl, OPENAI_ADMIN_KEY: organization.keys.revoked })
  await rollcall.until(READY)
  expect(rollcall.text()).toContain('OpenAI was not connected: OpenAI did not accept the key')
  expect(rollcall.text()).not.toContain(organization.keys.revoked.slice(9, -4))
})

test.each([
  [{ PORT: '70000' }, 'PORT must be'],
  [{ OPENAI_BASE_URL: 'http://api.example' }, 'OPENAI_BASE_URL must be'],
  [{ ROLLCALL_SYNC_INTERVAL_SECONDS: '0' }, 'ROLLCALL_SYNC_INTERVAL_SECONDS must be'],
  [{ ROLLCALL_ENCRYPTION_KEY: 'short' }, 'ROLLCALL_ENCRYPTION_KEY must have'],
  [{ ROLLCALL_DATA_DIR: '/dev/null/data' }, 'The data folder /dev/null/data cannot be used'],
])('A setting that cannot be is named, and nothing starts: %j', async (environment, message) => {
  const rollcall = start(environment)
  await rollcall.until(new RegExp(message))
  expect(await rollcall.exited).toBe(1)
  expect(rollcall.text()).not.toMatch(/^ +at /m)
})
