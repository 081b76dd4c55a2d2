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
 * Updates an integration with a change that can put another sync into its slot. Displaced syncs, also one that waited, are
 * written to the history first, so a crash loses nothing. If yet others were displaced meanwhile, those are written afterwards.
 * If the integration was deleted meanwhile, the history entries are removed, since the purge may already have run.
 */
export async function updateDisplacingSync(
  repositories: Repositories,
  id: string,
  change: (current: Integration) => Integration | undefined,
  now: Date,
): Promise<Integration> {
  const { integrations } = repositories
  const before = await integrations.getIntegration(id)
  const recorded = displacedBy(before, change(before))
  await putAll(recorded)
  const slot: { displaced: readonly Sync[] } = { displaced: [] }
  try {
    const updated = await integrations.updateIntegration(id, (current) => {
      slot.displaced = []
      const next = change(current)
      slot.displaced = displacedBy(current, next)
      return next
    })
    await settle(slot.displaced)
    return updated
  } catch (error) {
    await settle([])
    throw error
  }

  /** Entries written before the displacement precede any deletion, so a purge finds them. */
  async function settle(displaced: readonly Sync[]): Promise<void> {
    const [before, after] = [idsOf(recorded), idsOf(displaced)]
    const late = displaced.filter((sync) => !before.has(sync.id))
    await putAll(late)
    const undone = recorded.filter((sync) => !after.has(sync.id))
    for (const sync of [...undone, ...late]) await forgetIfDeleted(repositories, id, sync)
  }

  async function putAll(displaced: readonly Sync[]): Promise<void> {
    for (const sync of displaced) await repositories.syncs.putSync(id, endedOrInterrupted(sync, now))
  }
}

function idsOf(syncs: readonly Sync[]): ReadonlySet<string> {
  return new Set(syncs.map((sync) => sync.id))
}

async function forgetIfDeleted({ integrations, syncs }: Repositories, id: string, sync: Sync): Promise<void> {
  const current = await integrations.findIntegration(id)
  if (current === undefined || current.lifecycle === 'deleting') await syncs.deleteSync(id, sync.id)
}

function displacedBy(current: Integration, next: Integration | undefined): readonly Sync[] {
  if (next === undefined) return []
  const kept = new Set([next.lastSync?.id, next.waitingSync?.id])
  return [current.lastSync, current.waitingSync].flatMap((sync) => (sync === null || kept.has(sync.id) ? [] : [sync]))
}
