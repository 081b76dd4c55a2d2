import pLimit from 'p-limit'
import { LRU } from 'tiny-lru'
import { effectiveDomains, type Integration, type Published } from '../../../shared/integrations/integration.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'
import { LoadedSnapshot } from './loaded-snapshot.ts'

/** An integration with the snapshot of its last successful sync. Null before the first one. */
export type OrganizationData = { readonly integration: Integration } & (
  | { readonly published: Published; readonly loaded: LoadedSnapshot }
  | { readonly published: null; readonly loaded: null }
)

/**
 * The most memory of all cached snapshots except the newest, by their own estimates. A hundred organizations of 1,000 people
 * need 270 MB, and one of 50,000 needs 135 MB. The function has 1,024 MB: Node, answers and garbage take the rest.
 * docs/performance.md has the figures.
 */
const BYTES_KEPT = 320 * 1_024 * 1_024
/** One can be decoded while the parts of the other are requested. More would only take more memory. */
const LOADS_AT_ONCE = 2

type CacheDependencies = Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>

/** Reads published snapshots and caches the most recently used ones. Snapshots are immutable, so entries are never stale. */
export class SnapshotCache {
  private readonly deps: CacheDependencies
  private readonly bytesKept: number
  private readonly cached = new LRU<LoadedSnapshot>()
  private readonly loading = new Map<string, Promise<LoadedSnapshot>>()
  private readonly limit = pLimit(LOADS_AT_ONCE)

  constructor(deps: CacheDependencies, bytesKept = BYTES_KEPT) {
    this.deps = deps
    this.bytesKept = bytesKept
  }

  /** Throws `NotFoundError`. If a newer sync removed the snapshot after its pointer was read, both are read again. */
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
    const { published } = integration
    if (published === null) return { integration, published, loaded: null }
    return { integration, published, loaded: await this.load(integration, published) }
  }

  /** Concurrent requests share one load. A failed load is not cached. */
  private async load(integration: Integration, published: Published): Promise<LoadedSnapshot> {
    const readings = Object.values(published.dataSets).map((dataSet) => [dataSet?.generation, dataSet?.window])
    const key = JSON.stringify([integration.id, readings, effectiveDomains(integration)])
    const cached = this.cached.get(key)
    if (cached !== undefined) return cached
    const loading = this.loading.get(key) ?? this.limit(() => this.readSnapshot(integration, published))
    this.loading.set(key, loading)
    try {
      const loaded = await loading
      this.cached.set(key, loaded)
      this.makeRoom()
      return loaded
    } finally {
      this.loading.delete(key)
    }
  }

  private async readSnapshot(integration: Integration, published: Published): Promise<LoadedSnapshot> {
    const snapshot = await this.deps.snapshots.readSnapshot(integration.id, published)
    return new LoadedSnapshot(snapshot, effectiveDomains(integration), providerOf(integration.provider).directory)
  }

  private makeRoom(): void {
    let bytes = this.cached.values().reduce((sum, loaded) => sum + (loaded?.bytes ?? 0), 0)
    while (this.cached.size > 1 && bytes > this.bytesKept) {
      bytes -= this.cached.first?.value.bytes ?? 0
      this.cached.evict()
    }
  }
}
