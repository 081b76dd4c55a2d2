import { effectiveDomains, type Integration, type Published } from '../../../shared/integrations/integration.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'
import { LoadedSnapshot } from './loaded-snapshot.ts'

/** An integration with the snapshot of its last successful sync; null before the first. */
export type OrganizationData = { readonly integration: Integration } & (
  | { readonly published: Published; readonly loaded: LoadedSnapshot }
  | { readonly published: null; readonly loaded: null }
)

/** How many snapshots are kept in memory, at most. */
const SNAPSHOTS_KEPT = 4
/**
 * And how many rows they have together, the newest aside: 44 bytes each, and about as much for the people. Four organizations of
 * 10,000 stay, of 50,000 one; docs/performance.md has what that takes of the function's memory.
 */
const ROWS_KEPT = 1_500_000

/** Reads published snapshots, and keeps the last few in memory: one never changes under its generation. */
export class SnapshotCache {
  private readonly deps: Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>
  private readonly rowsKept: number
  /** The one asked for the longest ago first; no rows while it is being read. */
  private readonly kept = new Map<string, { load: Promise<LoadedSnapshot>; rows: number }>()

  constructor(deps: Pick<ApiDependencies, 'integrations' | 'snapshots' | 'now'>, rowsKept = ROWS_KEPT) {
    this.deps = deps
    this.rowsKept = rowsKept
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
    const { published } = integration
    if (published === null) return { integration, published, loaded: null }
    const loaded = await this.load(integration.id, published, effectiveDomains(integration))
    return { integration, published, loaded }
  }

  /** Requests that come together share one load; a load that fails is not kept. */
  private async load(id: string, published: Published, domains: readonly string[]): Promise<LoadedSnapshot> {
    const { generation, parts, window } = published
    const key = JSON.stringify([id, generation, window, domains])
    const kept = this.kept.get(key) ?? {
      load: this.deps.snapshots
        .readSnapshot(id, generation, parts, window)
        .then((snapshot) => new LoadedSnapshot(snapshot, domains)),
      rows: 0,
    }
    this.kept.delete(key)
    this.kept.set(key, kept)
    try {
      const loaded = await kept.load
      kept.rows = loaded.rowCount
      this.forgetOldest()
      return loaded
    } catch (error) {
      this.kept.delete(key)
      throw error
    }
  }

  private forgetOldest(): void {
    let rows = 0
    for (const [place, [key, kept]] of [...this.kept].toReversed().entries()) {
      rows += kept.rows
      if (place > 0 && (place >= SNAPSHOTS_KEPT || rows > this.rowsKept)) this.kept.delete(key)
    }
  }
}
