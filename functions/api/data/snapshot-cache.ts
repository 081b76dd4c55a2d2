import { LRUCache } from 'lru-cache'
import type { DirectoryRules } from '../../../shared/data-sets/directory/directory-rules.ts'
import { effectiveDomains, type Integration, type Published } from '../../../shared/integrations/integration.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'
import { LoadedSnapshot } from './loaded-snapshot.ts'

/** An integration with the snapshot of its last successful sync; null before the first. */
export type OrganizationData = { readonly integration: Integration } & (
  | { readonly published: Published; readonly loaded: LoadedSnapshot }
  | { readonly published: null; readonly loaded: null }
)

const SNAPSHOTS_KEPT = 4
/**
 * How many rows the kept snapshots have together: 44 bytes each, and about as much for the people. Four organizations of 10,000
 * stay, of 50,000 one; docs/performance.md has what that takes of the function's memory.
 */
const ROWS_KEPT = 1_500_000

interface Wanted {
  readonly id: string
  readonly published: Published
  readonly domains: readonly string[]
  readonly rules: DirectoryRules
}

type CacheDependencies = Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>

/**
 * Reads published snapshots, and keeps the last few in memory: one never changes under its generation. Requests that come
 * together share one load; a load that fails is not kept.
 */
export class SnapshotCache {
  private readonly deps: CacheDependencies
  private readonly snapshots: LRUCache<string, LoadedSnapshot, Wanted>

  constructor(deps: CacheDependencies, rowsKept = ROWS_KEPT) {
    this.deps = deps
    this.snapshots = new LRUCache<string, LoadedSnapshot, Wanted>({
      max: SNAPSHOTS_KEPT,
      maxSize: rowsKept,
      // The newest is kept however large it is.
      sizeCalculation: ({ rowCount }) => Math.min(Math.max(rowCount, 1), rowsKept),
      fetchMethod: (_key, _stale, { context }) => this.load(context),
      // Who waits for a load gets it, also when others have taken its place meanwhile.
      ignoreFetchAbort: true,
    })
  }

  /** Throws `NotFoundError`. A newer sync can remove the snapshot after its pointer was read: then both are read again. */
  async read(integrationId: string): Promise<OrganizationData> {
    try {
      return await this.readOnce(integrationId)
    } catch (error) {
      if (!(error instanceof SnapshotMissingError)) throw error
      return this.readOnce(integrationId)
    }
  }

  private async readOnce(integrationId: string): Promise<OrganizationData> {
    const integration = await getVisibleIntegration(this.deps, integrationId)
    const { id, published } = integration
    if (published === null) return { integration, published: null, loaded: null }
    const domains = effectiveDomains(integration)
    const key = JSON.stringify([id, published.generation, published.window, domains])
    const rules = providerOf(integration.provider).directory
    const loaded = await this.snapshots.forceFetch(key, { context: { id, published, domains, rules } })
    return { integration, published, loaded }
  }

  private async load({ id, published, domains, rules }: Wanted): Promise<LoadedSnapshot> {
    const { generation, parts, window } = published
    return new LoadedSnapshot(await this.deps.snapshots.readSnapshot(id, generation, parts, window), domains, rules)
  }
}
