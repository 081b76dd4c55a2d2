import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { HttpClientOptions } from '../../shared/providers/http/http-client.ts'
import { noTimeout } from '../watchdog.ts'
import type { ProviderDriver } from './provider-driver.ts'
import { NOW, type Scripted, startScriptedServer } from './scripted-server.ts'

type Options = Partial<Omit<HttpClientOptions, 'key'>> & { readonly key?: string }

/** A provider's organization at a scripted server. Pauses take no time and are recorded. */
export async function startScriptedOrganization(driver: ProviderDriver) {
  const server = await startScriptedServer()
  const open = ({ key = driver.adminKey, ...options }: Options = {}) => {
    const waits: number[] = []
    const organization = driver.open({
      baseUrl: server.baseUrl,
      key: new AdminApiKey(key),
      deadline: new Date(NOW.getTime() + 600_000),
      now: () => NOW,
      sleep: async (ms) => void waits.push(ms),
      timeout: noTimeout,
      ...options,
    })
    return { organization, waits }
  }
  /** Reads the directory with these answers in order. The last one is repeated. Returns the outcome. */
  const readDirectory = async (script: readonly Scripted[], options?: Options) => {
    server.answers((_url, index) => script[Math.min(index, script.length - 1)] ?? { status: 500 })
    const { organization, waits } = open(options)
    const outcome = await organization.directory.read().catch((error: unknown) => error)
    return { outcome, waits, requests: server.requests.length }
  }
  return { server, open, readDirectory, close: () => server.close() }
}

export type ScriptedOrganization = Awaited<ReturnType<typeof startScriptedOrganization>>
