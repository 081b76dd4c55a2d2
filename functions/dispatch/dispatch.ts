import type { Logger } from '../../shared/ports/logger.ts'
import type { Schedule } from '../../shared/schedules/schedule.ts'
import type { SyncMessage, SyncQueue } from '../../shared/ports/sync-queue.ts'
import { effectiveSchedule } from '../../shared/schedules/effective-schedule.ts'
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
 * A schedule fired: sends one message for each integration on it; the default one also stands in for a schedule that the
 * deployment names no longer. Throws when any could not be sent, after trying all:
 * one integration that fails holds up no other.
 */
export async function dispatch(scheduleName: string, dependencies: DispatchDependencies): Promise<{ sent: number }> {
  const { integrations, queue, schedules, newId, logger } = dependencies
  const all = await integrations.listScheduled()
  const due = all
    .filter(({ lifecycle }) => lifecycle === 'visible')
    .filter((integration) => effectiveSchedule(integration.schedule, schedules).name === scheduleName)
  const messages = due.map(({ id }): SyncMessage => {
    return { kind: 'sync', integrationId: id, syncId: newId(), trigger: 'schedule' }
  })
  logger.info('A schedule is dispatched.', { schedule: scheduleName, due: due.length })
  await queue.sendAll(messages)
  return { sent: messages.length }
}
