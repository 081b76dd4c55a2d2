import * as http from 'node:http'
import { SettingsError } from '../settings/settings.ts'

/** Never asked through a proxy: this process calls itself, and simulated organizations are on this machine. */
const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]']

/** Where requests to other machines go through; the names and addresses that they do not go through it to. */
export interface ProxySettings {
  readonly https_proxy?: string
  readonly http_proxy?: string
  readonly no_proxy: string
}

/**
 * What the environment says of proxies, in the names that curl and most tools know, small letters first; undefined when it
 * names none. Throws `SettingsError` naming the variable; never its value, which can hold a password.
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
 * Has every later `fetch` of this process use the proxy that the environment names; called before the first. Throws
 * `SettingsError`, also where Node is too old to do it. https://nodejs.org/api/http.html#built-in-proxy-support
 */
export function useProxy(environment: NodeJS.ProcessEnv): void {
  const settings = readProxySettings(environment)
  if (settings === undefined) return
  // Older versions of Node lack it, whatever the types say.
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
