import * as z from 'zod'
import type { Logger } from '../../shared/ports/logger.ts'
import { effectiveSchedule, type Schedule } from '../../shared/schedules/schedule.ts'
import type { SyncMessage, SyncQueue } from '../../shared/ports/sync-queue.ts'
import type { IntegrationRepository } from '../../shared/storage/integrations.ts'

/** The event that a schedule sends. */
export const dispatchEventSchema = z.strictObject({ scheduleName: z.string().min(1) })

export type DispatchEvent = z.infer<typeof dispatchEventSchema>

export interface DispatchDependencies {
  readonly integrations: IntegrationRepository
  readonly queue: SyncQueue
  readonly schedules: readonly ScheduleName[]
  /** Generates ULIDs. */
  readonly newId: () => string
  readonly logger: Logger
}

/** Dispatch needs no expression: EventBridge Scheduler decides when a schedule is due. */
type ScheduleName = Pick<Schedule, 'name' | 'default'>

/**
 * Sends one message for each integration on a schedule. The default schedule includes integrations whose schedule no
 * longer exists. All messages are tried; throws when any could not be sent.
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
