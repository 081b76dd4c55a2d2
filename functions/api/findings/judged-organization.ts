import { effectiveDomains } from '../../../shared/integrations/integration.ts'
import type { JudgedOrganization } from '../../../shared/findings/judged-organization.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { readingOf, sourcesOf } from '../data/as-of.ts'
import type { OrganizationData } from '../data/snapshot-cache.ts'

/** What findings follow from, of what is published of an organization. */
export function judgedOrganization(data: OrganizationData): JudgedOrganization {
  const { integration, loaded } = data
  const directory = readingOf(data, 'directory')
  const keys = readingOf(data, 'keys')
  const costs = readingOf(data, 'costs')
  return {
    integration,
    provider: providerOf(integration.provider),
    companyDomains: effectiveDomains(integration),
    directory: loaded &&
      directory && {
        people: loaded.snapshot.people,
        derivation: loaded.derivation,
        window: directory,
        sources: sourcesOf(data),
      },
    keys: loaded && keys && { listed: loaded.keys(keys), window: keys, costOf: (id) => loaded.costs.costOfKey(id) },
    costs: costs && loaded && loaded.costs,
  }
}
