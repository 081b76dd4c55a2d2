import { CostViews } from '../../../shared/data-sets/costs/cost-views.ts'
import { costs } from '../../../shared/data-sets/costs/costs.ts'
import type { OwnerCost } from '../../../shared/data-sets/costs/owner-costs.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import type { CountedCosts } from './counted-costs.ts'

/**
 * The costs of organizations by their owners. Summaries have those of the window, and of all days together. For other days, the costs of
 * one organization after the other are read, and only their sums are kept: those of the days that were asked for last.
 */
export class OwnerCosts {
  private readonly snapshots: ApiDependencies['snapshots']
  private days = ''
  private sums = new Map<string, readonly OwnerCost[]>()

  constructor(snapshots: ApiDependencies['snapshots']) {
    this.snapshots = snapshots
  }

  /** The costs of each organization, in the same order. Throws `SnapshotMissingError` after a newer reading. */
  async read(organizations: readonly CountedCosts[], asked: string): Promise<(readonly OwnerCost[])[]> {
    if (asked !== this.days) [this.days, this.sums] = [asked, new Map()]
    const { sums } = this
    const read: (readonly OwnerCost[])[] = []
    for (const each of organizations) {
      const key = JSON.stringify([each.integration.id, each.published.summary.generation, each.range])
      const found = sums.get(key) ?? (await this.readOne(each))
      if (!each.isInSummary) sums.set(key, found)
      read.push(found)
    }
    return read
  }

  private async readOne(of: CountedCosts): Promise<OwnerCost[]> {
    const { integration, published, loaded, range, isInSummary } = of
    if (isInSummary) return ownersIn(of, loaded.costs)
    const pointer = published.dataSets[costs.id]
    if (pointer === undefined) throw new SnapshotMissingError(costs.id)
    const table = await this.snapshots.readTable(integration.id, costs, pointer)
    const { series, lists } = loaded.snapshot
    return ownersIn({ loaded, range }, new CostViews({ series: { ...series, costs: table }, lists }))
  }
}

function ownersIn({ loaded, range }: Pick<CountedCosts, 'loaded' | 'range'>, views: CostViews): OwnerCost[] {
  return views.currencies.flatMap((currency) => loaded.ownerCosts(views.inCurrency(currency), range))
}
