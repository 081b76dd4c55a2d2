import type { Integration } from '../domain/integration.ts'
import { endedOrInterrupted } from '../domain/sync-slot.ts'
import type { Sync } from '../domain/sync.ts'
import type { IntegrationRepository } from './integrations.ts'
import type { SyncRepository } from './syncs.ts'

/**
 * Updates an integration by a change that may put another sync into its slot. The sync that is displaced goes into the
 * history before, so that a kill in between loses nothing; and after, when yet another took its place meanwhile.
 */
export async function updateDisplacingSync(
  repositories: { readonly integrations: IntegrationRepository; readonly syncs: SyncRepository },
  id: string,
  change: (current: Integration) => Integration | undefined,
  now: Date,
): Promise<Integration> {
  const { integrations, syncs } = repositories
  const before = await integrations.getIntegration(id)
  const recorded = displacedBy(before, change(before))
  if (recorded !== null) await syncs.putSync(id, endedOrInterrupted(recorded, now))
  let displaced: Sync | null = null
  const updated = await integrations.updateIntegration(id, (current) => {
    const next = change(current)
    displaced = displacedBy(current, next)
    return next
  })
  await recordUnlessSame(displaced)
  return updated

  async function recordUnlessSame(sync: Sync | null): Promise<void> {
    if (sync !== null && sync.id !== recorded?.id) await syncs.putSync(id, endedOrInterrupted(sync, now))
  }
}

function displacedBy(current: Integration, next: Integration | undefined): Sync | null {
  return next === undefined || next.lastSync?.id === current.lastSync?.id ? null : current.lastSync
}
