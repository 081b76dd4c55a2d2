import type { Integration } from '../integrations/integration.ts'
import { endedOrInterrupted } from '../integrations/sync-slot.ts'
import type { Sync } from '../integrations/sync.ts'
import type { IntegrationRepository } from '../storage/integrations.ts'
import type { SyncRepository } from '../storage/syncs.ts'

interface Repositories {
  readonly integrations: IntegrationRepository
  readonly syncs: SyncRepository
}

/**
 * Updates an integration with a change that can put another sync into its slot. The displaced sync is written to the
 * history first, so a crash loses nothing. If yet another sync took its place meanwhile, that one is written
 * afterwards. If the integration was deleted meanwhile, the history entry is removed, since the purge may already have
 * run.
 */
export async function updateDisplacingSync(
  repositories: Repositories,
  id: string,
  change: (current: Integration) => Integration | undefined,
  now: Date,
): Promise<Integration> {
  const { integrations, syncs } = repositories
  const before = await integrations.getIntegration(id)
  const recorded = displacedBy(before, change(before))
  if (recorded !== null) await syncs.putSync(id, endedOrInterrupted(recorded, now))
  const slot: { displaced: Sync | null } = { displaced: null }
  try {
    const updated = await integrations.updateIntegration(id, (current) => {
      slot.displaced = null
      const next = change(current)
      slot.displaced = displacedBy(current, next)
      return next
    })
    await settle(slot.displaced)
    return updated
  } catch (error) {
    await settle(null)
    throw error
  }

  /** An entry written before the displacement precedes any deletion, so a purge finds it. */
  async function settle(displaced: Sync | null): Promise<void> {
    if (displaced !== null && displaced.id === recorded?.id) return
    if (displaced !== null) await syncs.putSync(id, endedOrInterrupted(displaced, now))
    for (const sync of [recorded, displaced]) if (sync !== null) await forgetIfDeleted(repositories, id, sync)
  }
}

async function forgetIfDeleted({ integrations, syncs }: Repositories, id: string, sync: Sync): Promise<void> {
  const current = await integrations.findIntegration(id)
  if (current === undefined || current.lifecycle === 'deleting') await syncs.deleteSync(id, sync.id)
}

function displacedBy(current: Integration, next: Integration | undefined): Sync | null {
  return next === undefined || next.lastSync?.id === current.lastSync?.id ? null : current.lastSync
}
