import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { readProxySettings } from '../../local/http/outbound-proxy.ts'
import { SettingsError } from '../../local/settings/settings.ts'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { waitUntil } from '../watchdog.ts'
import { OPENAI_HOST, startConnectProxy, startTlsServer, TRUSTED } from './connect-proxy.ts'
import { type ProductProcess, READY, startProcess } from './product-process.ts'

/* “`HTTPS_PROXY` and `NO_PROXY` are honoured.” */

const LOOPBACK = 'localhost,127.0.0.1,::1,[::1]'
const PROXY = 'http://proxy.example:3128'

describe('The environment’s proxy', () => {
  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ NO_PROXY: 'a.example' }, undefined],
    [{ HTTPS_PROXY: PROXY }, { https_proxy: PROXY, no_proxy: LOOPBACK }],
    [
      { https_proxy: PROXY, HTTPS_PROXY: 'http://other.example' },
      { https_proxy: PROXY, no_proxy: LOOPBACK },
    ],
    [
      { HTTPS_PROXY: PROXY, NO_PROXY: 'a.example,.b.example' },
      { https_proxy: PROXY, no_proxy: `a.example,.b.example,${LOOPBACK}` },
    ],
    [
      { HTTPS_PROXY: PROXY, no_proxy: '*' },
      { https_proxy: PROXY, no_proxy: `*,${LOOPBACK}` },
    ],
    [{ HTTP_PROXY: PROXY }, { http_proxy: PROXY, no_proxy: LOOPBACK }],
    [
      { HTTPS_PROXY: 'http://user:secret@proxy.example' },
      { https_proxy: 'http://user:secret@proxy.example', no_proxy: LOOPBACK },
    ],
  ])('%j', (environment, settings) => {
    expect(readProxySettings(environment)).toEqual(settings)
  })

  test.each(['proxy.example:3128', 'socks5://proxy.example', 'user:s3cret@proxy', '//'])(
    'that is invalid (%s) is reported by name, without its value',
    (value) => {
      const read = () => readProxySettings({ HTTPS_PROXY: value })
      expect(read).toThrow(SettingsError)
      expect(read).toThrow(/^HTTPS_PROXY must be an address such as/)
    },
  )
})

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

  test('reports an invalid proxy address at once', async () => {
    started = startProcess({ dataDir: join(folder, 'data'), environment: { HTTPS_PROXY: 'proxy.example:3128' } })
    expect(await started.exited).toBe(1)
    expect(started.text()).toBe('HTTPS_PROXY must be an address such as http://proxy.example:3128.\n')
  })
})
