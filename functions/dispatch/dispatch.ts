import type { Integration } from '../../shared/domain/integration.ts'
import type { KeyWriter } from '../../shared/ports/key-store.ts'
import type { Logger } from '../../shared/ports/logger.ts'
import type { Schedule } from '../../shared/ports/schedules.ts'
import type { SyncQueue } from '../../shared/ports/sync-queue.ts'
import type { IntegrationRepository } from '../../shared/storage/integrations.ts'
import type { NameRepository } from '../../shared/storage/names.ts'

/** A connection that was not finished after this long was abandoned, and is cleaned up. */
export const ABANDONED_AFTER_MS = 15 * 60_000

export interface DispatchDependencies {
  readonly integrations: IntegrationRepository
  readonly names: NameRepository
  readonly keys: KeyWriter
  readonly queue: SyncQueue
  readonly schedules: readonly Schedule[]
  /** Gives ULIDs. */
  readonly newId: () => string
  readonly logger: Logger
}

/**
 * A schedule fired: sends one message for each integration on it, and cleans up connections that were abandoned. One
 * integration that fails holds up no other; all failures are thrown together at the end, as an `AggregateError`.
 */
export async function dispatch(
  tick: { readonly scheduleName: string; readonly now: Date },
  dependencies: DispatchDependencies,
): Promise<{ sent: number }> {
  const integrations = await dependencies.integrations.listIntegrations()
  const due = integrations.filter((integration) => isDue(integration, tick.scheduleName, dependencies.schedules))
  const abandoned = integrations.filter((integration) => isAbandoned(integration, tick.now))
  const results = await Promise.allSettled([
    ...due.map(async ({ id }) => {
      await dependencies.queue.send({ integrationId: id, syncId: dependencies.newId(), trigger: 'schedule' })
    }),
    ...abandoned.map((integration) => cleanUp(integration, dependencies)),
  ])
  const failures: unknown[] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  dependencies.logger.info('A schedule was dispatched.', {
    schedule: tick.scheduleName,
    due: due.length,
    abandoned: abandoned.length,
    failures: failures.length,
  })
  if (failures.length > 0) throw new AggregateError(failures, `Integrations not dispatched: ${failures.length}.`)
  return { sent: due.length }
}

/** On this schedule; the default one also stands in for a schedule that the deployment names no longer. */
function isDue(integration: Integration, scheduleName: string, schedules: readonly Schedule[]): boolean {
  if (integration.lifecycle !== 'visible') return false
  const own = schedules.find((schedule) => schedule.name === integration.schedule)
  const effective = own ?? schedules.find((schedule) => schedule.default)
  return effective?.name === scheduleName
}

function isAbandoned(integration: Integration, now: Date): boolean {
  return integration.lifecycle === 'pending' && now.getTime() - Date.parse(integration.createdAt) > ABANDONED_AFTER_MS
}

/** Removes an unfinished connection wholly, its key first. */
export async function cleanUp(
  integration: Integration,
  dependencies: Pick<DispatchDependencies, 'integrations' | 'names' | 'keys'>,
): Promise<void> {
  await dependencies.keys.destroyKey(integration.id)
  await dependencies.names.releaseName(integration.name, integration.id)
  await dependencies.integrations.removeIntegration(integration.id)
}
