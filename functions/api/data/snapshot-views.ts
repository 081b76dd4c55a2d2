import { effectiveDomains, type Integration, type Published } from '../../../shared/integrations/integration.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { LoadedSnapshot } from './loaded-snapshot.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'

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

/** How many views are kept in memory, at most. */
const VIEWS_KEPT = 4
/**
 * And how many rows of usage they have together, the newest view aside: 44 bytes each, and about as much for the people. Four
 * organizations of 10,000 stay, of 50,000 one; docs/performance.md has what that takes of the function's memory.
 */
const ROWS_KEPT = 1_500_000

/** Reads published snapshots, keeping the last few in memory. A snapshot never changes under its generation. */
export class SnapshotViews {
  private readonly deps: Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>
  private readonly rowsKept: number
  /** The one asked for the longest ago first; no rows while it is being read. */
  private readonly kept = new Map<string, { load: Promise<LoadedSnapshot>; rows: number }>()

  constructor(deps: Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>, rowsKept = ROWS_KEPT) {
    this.deps = deps
    this.rowsKept = rowsKept
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
    const loaded = await this.load(integration, published)
    return { integration, view: { published, loaded } }
  }

  /** Requests that come together share one load; a load that fails is not kept. */
  private async load(integration: Integration, published: Published): Promise<LoadedSnapshot> {
    const { id } = integration
    const { generation, parts, window } = published
    const domains = effectiveDomains(integration)
    const rules = providerOf(integration.provider).directory
    const key = JSON.stringify([id, generation, window.from, window.to, domains])
    const view = this.kept.get(key) ?? {
      load: this.deps.snapshots
        .readSnapshot(id, generation, parts, window)
        .then((snapshot) => new LoadedSnapshot(snapshot, domains, rules)),
      rows: 0,
    }
    this.kept.delete(key)
    this.kept.set(key, view)
    try {
      const loaded = await view.load
      view.rows = loaded.snapshot.usage.rowCount
      this.forgetOldest()
      return loaded
    } catch (error) {
      this.kept.delete(key)
      throw error
    }
  }

  private forgetOldest(): void {
    let rows = 0
    for (const [place, [key, view]] of [...this.kept].toReversed().entries()) {
      rows += view.rows
      if (place > 0 && (place >= VIEWS_KEPT || rows > this.rowsKept)) this.kept.delete(key)
    }
  }
}
