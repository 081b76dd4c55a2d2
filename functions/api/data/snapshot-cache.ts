import pLimit, { type LimitFunction } from 'p-limit'
import { LRU } from 'tiny-lru'
import type { Snapshot } from '../../../shared/data-sets/snapshot.ts'
import { effectiveDomains, type Integration, type Published } from '../../../shared/integrations/integration.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { KnownIntegrations } from '../integrations/known-integrations.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'
import { LoadedSnapshot } from './loaded-snapshot.ts'

/** An integration with the snapshot of its last successful sync. Null before the first one. */
export type OrganizationData = { readonly integration: Integration } & (
  | { readonly published: Published; readonly loaded: LoadedSnapshot }
  | { readonly published: null; readonly loaded: null }
)

/**
 * The most memory of all cached snapshots except the newest, by their own estimates. A hundred organizations of 1,000 people
 * without costs and keys need 270 MB, and one of 50,000 needs 135 MB; with costs and keys, fifty of 1,000 fit. The function has
 * 1,024 MB: Node, answers and garbage take the rest. docs/performance.md has the figures.
 */
const BYTES_KEPT = 320 * 1_024 * 1_024
/** One can be decoded while the parts of the other are requested. More would only take more memory. */
const LOADS_AT_ONCE = 2
/** Of summaries. A hundred organizations of 1,000 people need 81 MB. */
const SUMMARY_BYTES_KEPT = 160 * 1_024 * 1_024
/** Most summaries have one part, so reading one mostly waits. They are requested 16 at a time. */
const SUMMARIES_AT_ONCE = 48

type CacheDependencies = Pick<ApiDependencies, 'integrations' | 'snapshots' | 'findingThresholds' | 'now'>

/** What a cache reads of an integration. */
interface CachedContent {
  readonly bytesKept: number
  readonly loadsAtOnce: number
  /** The pointers to what is read. Another value is other content. */
  readonly pointersOf: (published: Published) => unknown
  readonly read: (snapshots: ApiDependencies['snapshots'], id: string, published: Published) => Promise<Snapshot>
}

const WHOLE: CachedContent = {
  bytesKept: BYTES_KEPT,
  loadsAtOnce: LOADS_AT_ONCE,
  pointersOf: ({ dataSets }) => Object.values(dataSets).map((dataSet) => [dataSet?.generation, dataSet?.window]),
  read: (snapshots, id, published) => snapshots.readSnapshot(id, published),
}

/** What is read for answers about all organizations. */
export const SUMMARIES: CachedContent = {
  bytesKept: SUMMARY_BYTES_KEPT,
  loadsAtOnce: SUMMARIES_AT_ONCE,
  pointersOf: ({ summary }) => summary.generation,
  read: (snapshots, id, { summary }) => snapshots.readSummary(id, summary),
}

/** Reads published snapshots and caches the most recently used ones. Snapshots are immutable, so entries are never stale. */
export class SnapshotCache {
  private readonly deps: CacheDependencies
  private readonly content: CachedContent
  private readonly cached = new LRU<LoadedSnapshot>()
  private readonly loading = new Map<string, Promise<LoadedSnapshot>>()
  private readonly limit: LimitFunction
  private readonly integrations: KnownIntegrations

  /** Default: whole snapshots. */
  constructor(deps: CacheDependencies, content: Partial<CachedContent> = {}) {
    this.deps = deps
    this.content = { ...WHOLE, ...content }
    this.limit = pLimit(this.content.loadsAtOnce)
    this.integrations = new KnownIntegrations(deps.integrations)
  }

  /** Reads all visible integrations, the oldest first. */
  async readAll(): Promise<OrganizationData[]> {
    const integrations = await this.integrations.list()
    const visible = integrations.filter(({ lifecycle }) => lifecycle === 'visible')
    const read = await Promise.all(visible.map((integration) => this.readListed(integration)))
    return read
      .flatMap((data) => data ?? [])
      .toSorted((left, right) => (left.integration.id < right.integration.id ? -1 : 1))
  }

  /** Null for an integration that was deleted meanwhile. */
  private async readListed(integration: Integration): Promise<OrganizationData | null> {
    try {
      return await this.dataOf(integration)
    } catch (error) {
      if (!(error instanceof SnapshotMissingError)) throw error
    }
    try {
      return await this.readOnce(integration.id)
    } catch (error) {
      if (error instanceof NotFoundError) return null
      throw error
    }
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
    return this.dataOf(await getVisibleIntegration(this.deps, integrationId))
  }

  private async dataOf(integration: Integration): Promise<OrganizationData> {
    const { published } = integration
    if (published === null) return { integration, published, loaded: null }
    return { integration, published, loaded: await this.load(integration, published) }
  }

  /** Concurrent requests share one load. A failed load is not cached. */
  private async load(integration: Integration, published: Published): Promise<LoadedSnapshot> {
    const key = JSON.stringify([integration.id, this.content.pointersOf(published), effectiveDomains(integration)])
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
    const snapshot = await this.content.read(this.deps.snapshots, integration.id, published)
    const { directory } = providerOf(integration.provider)
    return new LoadedSnapshot(snapshot, effectiveDomains(integration), directory, this.deps.findingThresholds)
  }

  private makeRoom(): void {
    let bytes = this.cached.values().reduce((sum, loaded) => sum + (loaded?.bytes ?? 0), 0)
    while (this.cached.size > 1 && bytes > this.content.bytesKept) {
      bytes -= this.cached.first?.value.bytes ?? 0
      this.cached.evict()
    }
  }
}
