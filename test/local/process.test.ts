import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { startRollcall } from '../../local/run-local.ts'
import { DataDirectoryInUseError, holdDataDirectory } from '../../local/services/data-directory.ts'
import { readSettings } from '../../local/settings/settings.ts'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { aRow } from '../builders.ts'
import { waitFor, waitUntil } from '../watchdog.ts'
import { type ProductProcess, READY, startProcess } from './product-process.ts'

const syncSchema = z.object({ state: z.string(), problem: z.object({ code: z.string() }).nullable() })
const integrationsSchema = z.object({ items: z.tuple([z.object({ id: z.string(), lastSync: syncSchema })]) })
const syncsSchema = z.object({ items: z.array(syncSchema) })
/** The figures, without the sync that they are from. */
const licensesSchema = z.looseObject({ asOf: z.unknown() }).transform(({ asOf: _asOf, ...figures }) => figures)

let folder: string
let organization: SimulatedOrganization
const started: ProductProcess[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  organization = await startUnchangingOrganization()
})
afterAll(async () => {
  await Promise.all(started.map((process) => process.end('SIGKILL')))
  await organization.close()
  rmSync(folder, { recursive: true })
})

/**
 * The figures stay the same on the next day: a test can run over midnight, and the process uses the machine's clock.
 */
async function startUnchangingOrganization(): Promise<SimulatedOrganization> {
  const now = new Date()
  const unchanging = await startSimulatedOrganization({ members: 12, now: () => now })
  const day = new Date(now.getTime() - 40 * 86_400_000).toISOString().slice(0, 10)
  const active = unchanging.company.usersAt(now).slice(0, 6)
  unchanging.company.replaceUsage(active.map((user) => aRow({ userId: user.id, day })))
  return unchanging
}

/** Starts the product on a folder of its own within the suite's; it ends with the suite. */
function start(name: string, environment: Record<string, string> = {}): ProductProcess {
  const one = startProcess({ dataDir: join(folder, name), environment: { ...environmentOf(), ...environment } })
  started.push(one)
  return one
}

function environmentOf() {
  return {
    OPENAI_BASE_URL: organization.baseUrl,
    OPENAI_ADMIN_KEY: organization.keys.admin,
    // No schedule fires during the test.
    ROLLCALL_SYNC_INTERVAL_SECONDS: '9999999',
  }
}

test('An invalid setting is named, nothing starts, and the exit code is 1', async () => {
  // Read before all others, so that the proxy is used from the first request on.
  const refused = start('refused', { HTTPS_PROXY: 'proxy.example:3128', PORT: '70000' })
  expect(await waitFor('the process to refuse', refused.exited)).toBe(1)
  expect(refused.text()).toBe('HTTPS_PROXY must be an address such as http://proxy.example:3128.\n')
})

test('SIGTERM during startup ends it at once and cleanly', async () => {
  const openAi = organization.hold()
  const starting = start('starting')
  await starting.until(/Connecting OpenAI/)
  await waitFor('the key to be tried', openAi.requested)
  expect(await starting.end('SIGTERM')).toBe(0)
  openAi.release()
})

describe('A running process', () => {
  let running: ProductProcess
  let url: string
  beforeAll(async () => {
    running = start('data')
    url = (await running.until(READY)).replace('Rollcall is ready: ', '')
    await endedSync()
  })

  test('locks its data folder against other processes', async () => {
    await expect(holdDataDirectory(join(folder, 'data'), 0)).rejects.toThrow(DataDirectoryInUseError)
    expect((await fetch(`${url}/v1/health`)).status).toBe(200)
  })

  test('loses nothing after SIGTERM during a sync, and the next start repeats that sync', async () => {
    const { id } = await integration()
    const before = licensesSchema.parse(await get(`/integrations/${id}/licenses`))
    const openAi = organization.hold()
    await fetch(`${url}/v1/integrations/${id}/syncs`, { method: 'POST' })
    await waitFor('the sync to ask OpenAI', openAi.requested)
    expect((await integration()).lastSync.state).toBe('running')
    expect(await running.end('SIGTERM')).toBe(0)

    openAi.release()
    const environment = { ...environmentOf(), PORT: '0', ROLLCALL_DATA_DIR: join(folder, 'data') }
    const next = await startRollcall(readSettings(environment, []), () => undefined)
    try {
      url = next.url
      expect(await endedSync()).toEqual({ state: 'succeeded', problem: null })
      const { items } = syncsSchema.parse(await get(`/integrations/${id}/syncs`))
      expect(items[1]).toEqual({ state: 'failed', problem: { code: 'interrupted' } })
      expect(licensesSchema.parse(await get(`/integrations/${id}/licenses`))).toEqual(before)
    } finally {
      await next.close()
    }
  })

  async function get(path: string): Promise<unknown> {
    return (await fetch(`${url}/v1${path}`)).json()
  }

  async function integration() {
    return integrationsSchema.parse(await get('/integrations')).items[0]
  }

  /** The newest sync. On a slow machine it continues after the process has reported that it is ready. */
  function endedSync() {
    return waitUntil('the newest sync to end', async () => {
      const { lastSync } = await integration()
      return (lastSync.state === 'succeeded' || lastSync.state === 'failed') && lastSync
    })
  }
})
