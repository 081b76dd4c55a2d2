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

const SNAPSHOTS_KEPT = 4
/**
 * The most rows of all cached snapshots except the newest: 44 bytes per row, and about as much again for the people. This is
 * enough for four organizations of 10,000 people, or one of 50,000. docs/performance.md has the memory figures.
 */
const ROWS_KEPT = 1_500_000

interface Entry {
  readonly load: Promise<LoadedSnapshot>
  /** 0 while it is loading. */
  rows: number
}

type CacheDependencies = Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>

/** Reads published snapshots and caches the most recently used ones. Snapshots are immutable, so entries are never stale. */
export class SnapshotCache {
  private readonly deps: CacheDependencies
  private readonly rowsKept: number
  private readonly entries = new LRU<Entry>(SNAPSHOTS_KEPT)

  constructor(deps: CacheDependencies, rowsKept = ROWS_KEPT) {
    this.deps = deps
    this.rowsKept = rowsKept
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
    const entry = this.entries.get(key) ?? { load: this.readSnapshot(integration, published), rows: 0 }
    this.entries.set(key, entry)
    try {
      const loaded = await entry.load
      entry.rows = loaded.rowCount
      this.makeRoom()
      return loaded
    } catch (error) {
      this.entries.delete(key)
      throw error
    }
  }

  private async readSnapshot(integration: Integration, published: Published): Promise<LoadedSnapshot> {
    const snapshot = await this.deps.snapshots.readSnapshot(integration.id, published)
    return new LoadedSnapshot(snapshot, effectiveDomains(integration), providerOf(integration.provider).directory)
  }

  private makeRoom(): void {
    const rowCount = () => this.entries.values().reduce((sum, entry) => sum + (entry?.rows ?? 0), 0)
    while (this.entries.size > 1 && rowCount() > this.rowsKept) this.entries.evict()
  }
}
