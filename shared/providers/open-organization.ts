import type { AdminApiKey } from '../domain/admin-api-key.ts'
import { providerOf } from './find-provider.ts'
import type { Organization, ProviderAccess } from './provider.ts'

/** Opens a provider's organization with a key. */
export type OpenOrganization = (access: {
  /** The provider's id. */
  readonly provider: string
  readonly key: AdminApiKey
  readonly simulated: boolean
  readonly deadline: Date
}) => Promise<Organization>

/** Opens organizations at their provider's address, or at another base URL (by provider id). */
export function organizationOpener(
  baseUrls: Readonly<Record<string, string | undefined>>,
  options: Pick<ProviderAccess, 'now' | 'sleep' | 'timeout'> = {},
): OpenOrganization {
  return async ({ provider: id, key, deadline }) => {
    const provider = providerOf(id)
    return provider.open({ ...options, baseUrl: baseUrls[id] ?? provider.baseUrl, key, deadline })
  }
}
