import * as http from 'node:http'
import { SettingsError } from '../settings/settings.ts'

/** Never reached through a proxy: this process calls itself, and simulated organizations run on this machine. */
const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]']

/** The proxies for other machines, and the hosts to reach without one. */
export interface ProxySettings {
  readonly https_proxy?: string
  readonly http_proxy?: string
  readonly no_proxy: string
}

/**
 * Reads the proxy variables that curl and most tools use; lower case takes precedence. Undefined when none is set.
 * Throws `SettingsError` with the variable's name, never its value, which can contain a password.
 */
export function readProxySettings(environment: NodeJS.ProcessEnv): ProxySettings | undefined {
  const valueOf = (name: string) => environment[name] || environment[name.toUpperCase()] || undefined
  const proxyIn = (name: string) => {
    const address = valueOf(name)
    if (address !== undefined && !isProxyAddress(address)) {
      throw new SettingsError(`${name.toUpperCase()} must be an address such as http://proxy.example:3128.`)
    }
    return address
  }
  const [httpsProxy, httpProxy] = [proxyIn('https_proxy'), proxyIn('http_proxy')]
  if (httpsProxy === undefined && httpProxy === undefined) return undefined
  return {
    ...(httpsProxy !== undefined && { https_proxy: httpsProxy }),
    ...(httpProxy !== undefined && { http_proxy: httpProxy }),
    no_proxy: [valueOf('no_proxy'), ...LOOPBACK].filter((part) => part !== undefined).join(','),
  }
}

/**
 * Makes every later `fetch` of this process use the proxy from the environment. Must be called before the first
 * `fetch`. Throws `SettingsError`, also when Node is too old.
 * https://nodejs.org/api/http.html#built-in-proxy-support
 */
export function useProxy(environment: NodeJS.ProcessEnv): void {
  const settings = readProxySettings(environment)
  if (settings === undefined) return
  // Older Node versions lack it, although the types declare it.
  const { setGlobalProxyFromEnv }: Partial<typeof http> = http
  if (setGlobalProxyFromEnv === undefined) {
    throw new SettingsError(
      `HTTPS_PROXY and HTTP_PROXY need Node 24.14 or newer; this is ${process.versions.node}. Leave them out, or install Node 24.`,
    )
  }
  setGlobalProxyFromEnv({ ...settings })
}

function isProxyAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
}
