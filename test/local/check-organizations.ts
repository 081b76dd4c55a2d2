import { useProxy } from '../../local/http/outbound-proxy.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { organizationOpener } from '../../shared/providers/open-organization.ts'
import { WATCHDOG_MS } from '../watchdog.ts'

// Run by `outbound-proxy.test.ts`: uses the environment's proxy as `local/start.ts` does, and sends a request as the product does to
// each of the base URLs that are its arguments.
const [, , adminKey = '', ...baseUrls] = process.argv
useProxy(process.env)
const deadline = new Date(Date.now() + WATCHDOG_MS)
for (const openai of baseUrls) {
  const open = organizationOpener({ openai })
  const organization = await open({ provider: 'openai', key: new AdminApiKey(adminKey), simulated: false, deadline })
  await organization.directory.check()
}
