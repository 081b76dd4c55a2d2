import { effectiveSchedule } from '../../functions/api/effective-schedule.ts'
import { cleanUp } from '../../functions/dispatch/dispatch.ts'
import type { Integration } from '../../shared/domain/integration.ts'
import { interruptSync } from '../../shared/domain/sync-slot.ts'
import type { KeyWriter } from '../../shared/ports/key-store.ts'
import type { Schedule } from '../../shared/ports/schedules.ts'
import type { SyncQueue } from '../../shared/ports/sync-queue.ts'
import { nextRunAfter } from '../../shared/schedules/schedule-times.ts'
import type { IntegrationRepository } from '../../shared/storage/integrations.ts'
import type { NameRepository } from '../../shared/storage/names.ts'

export interface RecoverDependencies {
  readonly integrations: IntegrationRepository
  readonly names: NameRepository
  readonly keys: KeyWriter
  readonly queue: SyncQueue
  readonly schedules: readonly Schedule[]
  readonly now: () => Date
  readonly newId: () => string
}

/**
 * Mends at start-up what the last process left behind. Holding the data folder proves that no run is alive: a running
 * sync ends as `interrupted`, a queued one is queued again, a half-made connection goes, a missed schedule is caught up.
 */
export async function recover(dependencies: RecoverDependencies): Promise<void> {
  for (const integration of await dependencies.integrations.listIntegrations()) {
    if (integration.lifecycle === 'pending') await cleanUp(integration, dependencies)
    else if (integration.lifecycle === 'visible') await recoverSync(integration, dependencies)
  }
}

async function recoverSync(integration: Integration, dependencies: RecoverDependencies): Promise<void> {
  const { id, lastSync } = integration
  const { integrations, queue, now, newId } = dependencies
  if (lastSync?.state === 'queued') {
    const queuedAt = now().toISOString()
    await integrations.updateIntegration(id, (current) =>
      current.lastSync === null ? undefined : { ...current, lastSync: { ...current.lastSync, queuedAt } },
    )
    await queue.send({ integrationId: id, syncId: lastSync.id, trigger: lastSync.trigger })
    return
  }
  if (lastSync?.state === 'running') {
    await integrations.updateIntegration(id, (current) => interruptSync(current, now()))
  }
  if (
    lastSync === null ||
    lastSync.state === 'running' ||
    wasMissed(lastSync.queuedAt, integration.schedule, dependencies)
  ) {
    await queue.send({ integrationId: id, syncId: newId(), trigger: 'schedule' })
  }
}

/** True when a run of the integration's schedule has been due since the newest sync. */
function wasMissed(queuedAt: string, schedule: string | null, { schedules, now }: RecoverDependencies): boolean {
  const due = nextRunAfter(effectiveSchedule(schedule, schedules), new Date(queuedAt))
  return due !== null && due <= now()
}
