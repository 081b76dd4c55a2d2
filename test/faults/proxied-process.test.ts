import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { waitUntil } from '../watchdog.ts'
import { OPENAI_HOST, startConnectProxy, startTlsServer, TRUSTED } from '../local/connect-proxy.ts'
import { type ProductProcess, READY, startProcess } from '../local/product-process.ts'

/* The product as a process behind a proxy, from its start to the end of its first sync. */

describe('A product started behind a proxy', () => {
  let folder: string
  let organization: SimulatedOrganization
  let tls: Awaited<ReturnType<typeof startTlsServer>>
  let proxy: Awaited<ReturnType<typeof startConnectProxy>>
  let started: ProductProcess | undefined

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    organization = await startSimulatedOrganization({ members: 12 })
    tls = await startTlsServer(organization.baseUrl)
    proxy = await startConnectProxy(tls.port)
  })
  afterEach(async () => {
    await started?.end('SIGKILL')
    started = undefined
    await proxy.close()
    await tls.close()
    await organization.close()
    rmSync(folder, { recursive: true })
  })

  const integrations = z.object({ items: z.array(z.object({ lastSync: z.object({ state: z.string() }) })) })

  /** Starts the product with a key, and gives how its first sync ended. */
  async function firstSync(environment: Record<string, string>): Promise<string> {
    const proxied = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }
    started = startProcess({
      dataDir: join(folder, 'data'),
      environment: {
        ...proxied,
        NODE_EXTRA_CA_CERTS: TRUSTED,
        OPENAI_ADMIN_KEY: organization.adminKey,
        ...environment,
      },
    })
    const { text } = started
    const ready = await waitUntil('the product to be ready', () => READY.exec(text())?.[0], text)
    const url = ready.replace('Rollcall is ready: ', '')
    return waitUntil('the first sync to end', async () => {
      const { items } = integrations.parse(await (await fetch(`${url}/v1/integrations`)).json())
      const state = items[0]?.lastSync.state
      return state === 'succeeded' || state === 'failed' ? state : undefined
    })
  }

  test('reaches only OpenAI through it, from its first request on', async () => {
    expect(await firstSync({ OPENAI_BASE_URL: `https://${OPENAI_HOST}/v1` })).toBe('succeeded')
    expect([...new Set(proxy.asked)]).toEqual([`CONNECT ${OPENAI_HOST}:443`])
  })

  test('reaches this machine without it', async () => {
    expect(await firstSync({ OPENAI_BASE_URL: `https://127.0.0.1:${tls.port}/v1` })).toBe('succeeded')
    expect(proxy.asked).toEqual([])
  })
})
