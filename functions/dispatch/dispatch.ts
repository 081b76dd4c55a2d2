import type { Integration } from '../../shared/domain/integration.ts'
import type { Logger } from '../../shared/ports/logger.ts'
import type { Schedule } from '../../shared/ports/schedules.ts'
import type { SyncMessage, SyncQueue } from '../../shared/ports/sync-queue.ts'
import type { IntegrationRepository } from '../../shared/storage/integrations.ts'

export interface DispatchDependencies {
  readonly integrations: IntegrationRepository
  readonly queue: SyncQueue
  readonly schedules: readonly ScheduleName[]
  /** Gives ULIDs. */
  readonly newId: () => string
  readonly logger: Logger
}

/** What dispatch knows of a schedule: when it is due is told by its firing. */
type ScheduleName = Pick<Schedule, 'name' | 'default'>

/**
 * A schedule fired: sends one message for each integration on it. Throws when any could not be sent, after trying all:
 * one integration that fails holds up no other.
 */
export async function dispatch(scheduleName: string, dependencies: DispatchDependencies): Promise<{ sent: number }> {
  const { integrations, queue, schedules, newId, logger } = dependencies
  const all = await integrations.listIntegrations()
  const due = all.filter((integration) => isDue(integration, scheduleName, schedules))
  const messages = due.map(({ id }): SyncMessage => {
    return { kind: 'sync', integrationId: id, syncId: newId(), trigger: 'schedule' }
  })
  logger.info('A schedule is dispatched.', { schedule: scheduleName, due: due.length })
  await queue.sendAll(messages)
  return { sent: messages.length }
}

/** On this schedule; the default one also stands in for a schedule that the deployment names no longer. */
function isDue(integration: Integration, scheduleName: string, schedules: readonly ScheduleName[]): boolean {
  if (integration.lifecycle !== 'visible') return false
  const own = schedules.find((schedule) => schedule.name === integration.schedule)
  const effective = own ?? schedules.find((schedule) => schedule.default)
  return effective?.name === scheduleName
}
