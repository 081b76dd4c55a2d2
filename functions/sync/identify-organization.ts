import { ProviderError } from '../../shared/domain/problem.ts'
import { isReportedSame } from '../../shared/integrations/same-organization.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import type { Organization } from '../../shared/providers/provider.ts'
import { connectedElsewhere } from './connected-elsewhere.ts'
import { nothingRead, type Refusal } from './judge-reading.ts'
import type { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** The id that the provider reports of the key's organization, if any, or why nothing of it may be read. */
type Identified = { readonly organizationId: string | null } | Refusal

/**
 * Checks the organization of the key before anything of it is read, as far as the provider reports it: published data must be
 * of the same one, and a first sync must not read one that another integration has. Before a first sync, the id is stored, so
 * the first syncs of other integrations find it.
 */
export async function identifyOrganization(
  run: Run,
  organization: Organization,
  dependencies: SyncDependencies,
): Promise<Identified> {
  const { published, organizationId: stored } = run.integration
  const reported = await reportedId(organization)
  if (published !== null && isReportedSame(stored, reported) === false) {
    return nothingRead(providerOf(run.integration.provider), 'different_organization')
  }
  const organizationId = reported ?? stored
  if (published !== null || organizationId === null) return { organizationId }
  if (organizationId !== stored) await run.update((current) => ({ ...current, organizationId }))
  return (await connectedElsewhere(run, { organizationId, listed: [] }, dependencies)) ?? { organizationId }
}

/** Null also when the provider cannot be asked now: what is read afterwards is still judged. */
async function reportedId(organization: Organization): Promise<string | null> {
  try {
    return (await organization.identify())?.id ?? null
  } catch (error) {
    if (error instanceof ProviderError) return null
    throw error
  }
}
