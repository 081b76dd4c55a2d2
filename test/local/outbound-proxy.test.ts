import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readProxySettings } from '../../local/http/outbound-proxy.ts'
import { SettingsError } from '../../local/settings/settings.ts'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { compiledOnce } from '../once-in-run.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { OPENAI_HOST, startConnectProxy, startTlsServer, TRUSTED } from './connect-proxy.ts'

const run = promisify(execFile)
const PROGRAM = join(import.meta.dirname, 'check-organizations.ts')

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

describe('A process behind a proxy', () => {
  let organization: SimulatedOrganization
  let tls: Awaited<ReturnType<typeof startTlsServer>>
  let proxy: Awaited<ReturnType<typeof startConnectProxy>>

  beforeAll(async () => {
    organization = await startSimulatedOrganization({ members: 1 })
    tls = await startTlsServer(organization.baseUrl)
    proxy = await startConnectProxy(tls.port)
  })
  afterAll(async () => {
    await proxy.close()
    await tls.close()
    await organization.close()
  })

  test('reaches OpenAI through it, and this machine without it', async () => {
    const atOpenAi = `https://${OPENAI_HOST}/v1`
    await checkOrganizations([atOpenAi, organization.baseUrl, `https://127.0.0.1:${tls.port}/v1`])
    expect(organization.requests).toHaveLength(3)
    expect(proxy.asked).toEqual([`CONNECT ${OPENAI_HOST}:443`])
  })

  /** Sends a request to each address as the product does, in a process of its own. Throws when one has no answer. */
  async function checkOrganizations(baseUrls: readonly string[]): Promise<void> {
    const env = {
      PATH: process.env['PATH'],
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: TRUSTED,
      ...compiledOnce(),
    }
    await run(process.execPath, ['--no-warnings', PROGRAM, organization.adminKey, ...baseUrls], {
      env,
      timeout: WATCHDOG_MS,
    })
  }
})
