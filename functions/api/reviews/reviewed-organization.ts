import type { PreviousItems } from '../../../shared/reviews/change.ts'
import type { FrozenOrganization } from '../../../shared/reviews/evidence.ts'
import type { ReviewedOrganization } from '../../../shared/reviews/freeze-items.ts'
import { dataSetState, effectiveDomains } from '../../../shared/integrations/integration.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { asOf } from '../data/as-of.ts'
import type { OrganizationData } from '../data/snapshot-cache.ts'
import { daysOf } from '../integrations/to-wire-integration.ts'

/** What items are frozen from: the same that lists show. */
export function reviewedOrganization(
  deps: Pick<ApiDependencies, 'schedules' | 'now'>,
  data: OrganizationData,
  previous: PreviousItems | undefined,
): ReviewedOrganization {
  const { integration, loaded } = data
  const directory = asOf(deps, data)
  const keys = asOf(deps, data, ['keys'])
  return {
    integration,
    directory: loaded && directory && { ...shownSync(directory), users: loaded.users, window: directory },
    keys: loaded &&
      keys && { ...shownSync(keys), listed: loaded.keys(keys), costOf: (id) => loaded.costs.costOfKey(id) },
    previous,
  }
}

function shownSync({ syncId, syncedAt }: { readonly syncId: string; readonly syncedAt: string }) {
  return { syncId, syncedAt }
}

/** How the organization was read, for the evidence. */
export function frozenOrganization({ integration, published }: OrganizationData): FrozenOrganization {
  return {
    integrationId: integration.id,
    integrationName: integration.name,
    provider: integration.provider,
    companyDomains: [...effectiveDomains(integration)],
    dataSets: providerOf(integration.provider).dataSets.map(({ id }) => {
      const pointer = published?.dataSets[id]
      const days = pointer && daysOf(pointer)
      return {
        id,
        state: dataSetState(integration, id),
        syncId: pointer?.syncId ?? null,
        syncedAt: pointer?.syncedAt ?? null,
        from: days?.from ?? null,
        to: days?.to ?? null,
      }
    }),
  }
}
