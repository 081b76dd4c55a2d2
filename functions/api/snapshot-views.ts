import { effectiveDomains, type Integration, type Published } from '../../shared/domain/integration.ts'
import { SnapshotMissingError } from '../../shared/storage/errors.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { LoadedSnapshot } from './loaded-snapshot.ts'
import { getVisibleIntegration } from './visible-integration.ts'

/** One sync's snapshot, with its users as the company domains in effect make them. */
export interface SnapshotView {
  readonly published: Published
  readonly loaded: LoadedSnapshot
}

/** An integration with the view of its last successful sync; null before the first. */
export interface IntegrationView {
  readonly integration: Integration
  readonly view: SnapshotView | null
}

/** How many views are kept in memory: a snapshot of 10,000 people takes 16 MB for its usage, and its people. */
const ENTRIES = 4

/** Reads published snapshots, keeping the last few in memory. A snapshot never changes under its generation. */
export class SnapshotViews {
  private readonly deps: Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>
  private readonly loads = new Map<string, Promise<LoadedSnapshot>>()

  constructor(deps: Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>) {
    this.deps = deps
  }

  /** Throws `NotFoundError`. A newer sync can remove the snapshot after its pointer was read: then both are read again. */
  async read(integrationId: string): Promise<IntegrationView> {
    try {
      return await this.readOnce(integrationId)
    } catch (error) {
      if (!(error instanceof SnapshotMissingError)) throw error
      return this.readOnce(integrationId)
    }
  }

  private async readOnce(integrationId: string): Promise<IntegrationView> {
    const integration = await getVisibleIntegration(this.deps, integrationId)
    const { published } = integration
    if (published === null) return { integration, view: null }
    const loaded = await this.load(integration.id, published, effectiveDomains(integration))
    return { integration, view: { published, loaded } }
  }

  /** Requests that come together share one load; a load that fails is not kept. */
  private async load(id: string, published: Published, domains: readonly string[]): Promise<LoadedSnapshot> {
    const { generation, parts, window } = published
    const key = JSON.stringify([id, generation, window.from, window.to, domains])
    const load =
      this.loads.get(key) ??
      this.deps.snapshots
        .readSnapshot(id, generation, parts, window)
        .then((snapshot) => new LoadedSnapshot(snapshot, domains))
    this.loads.delete(key)
    this.loads.set(key, load)
    for (const oldest of [...this.loads.keys()].slice(0, -ENTRIES)) this.loads.delete(oldest)
    try {
      return await load
    } catch (error) {
      this.loads.delete(key)
      throw error
    }
  }
}
