import type { WireCostsNotRead } from '../../../shared/contracts/company-costs-contract.ts'
import { costs } from '../../../shared/data-sets/costs/costs.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { dataSetState } from '../../../shared/integrations/integration.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { asOf } from '../data/as-of.ts'
import type { OrganizationData } from '../data/snapshot-cache.ts'

/** What an answer wants of each organization's costs. */
interface Wanted {
  readonly from?: Day | undefined
  readonly to?: Day | undefined
  /** True when it is about the people who caused them. */
  readonly byPeople: boolean
}

/** The organizations whose costs are not, or not all, in an answer. */
export function costsNotRead(
  deps: Pick<ApiDependencies, 'schedules' | 'now'>,
  organizations: readonly OrganizationData[],
  wanted: Wanted,
): WireCostsNotRead[] {
  return organizations
    .map((data) => toWireCosts(deps, data))
    .filter((row, at) => isIncomplete(row, wanted) || (wanted.byPeople && isUnattributed(row, organizations[at])))
}

function toWireCosts(deps: Pick<ApiDependencies, 'schedules' | 'now'>, data: OrganizationData): WireCostsNotRead {
  const { integration, loaded } = data
  const reading = asOf(deps, data, [costs.id])
  return {
    integrationId: integration.id,
    integrationName: integration.name,
    provider: integration.provider,
    state: dataSetState(integration, costs.id),
    costsAsOf: reading?.syncedAt ?? null,
    from: reading?.from ?? null,
    to: reading?.to ?? null,
    stale: reading?.stale ?? false,
    attribution: reading === null ? null : (loaded?.costs.attribution ?? null),
  }
}

function isIncomplete({ state, stale, from, to }: WireCostsNotRead, wanted: Wanted): boolean {
  if (state !== 'current' || stale) return true
  const isLate = wanted.from !== undefined && from !== null && wanted.from < from
  return isLate || (wanted.to !== undefined && to !== null && wanted.to > to)
}

/** Where nothing was spent, nobody is missing. */
function isUnattributed({ attribution }: WireCostsNotRead, data: OrganizationData | undefined): boolean {
  return attribution === null && (data?.loaded?.costs.currencies.length ?? 0) > 0
}
