import type { AuditAction, AuditEvent } from '../../../shared/domain/audit-event.ts'
import type { Caller } from '../../../shared/domain/role.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { problemCodeOf } from './problem-response.ts'
import { isStorableId } from '../integrations/visible-integration.ts'

export type AuditDependencies = Pick<ApiDependencies, 'audit' | 'now' | 'newId' | 'logger'>

/** What is about to be done, and by whom. */
export interface Attempt {
  readonly action: AuditAction
  readonly operation: string
  readonly actor: Omit<Caller, 'role'>
  /** As it was sent: only what can be an id of ours is recorded. */
  readonly integrationId: string | undefined
  readonly changedFields: readonly string[]
}

/**
 * Records an attempt, carries it out, and records how it ended. The first record comes before the deed, so that a kill
 * hides nothing; without it nothing is done. `createdId` finds the id of what a call created.
 */
export async function audited<Result>(
  deps: AuditDependencies,
  attempt: Attempt,
  act: () => Promise<Result>,
  createdId: (result: Result) => string | null = () => null,
): Promise<Result> {
  const event = eventOf(deps, attempt, 'unfinished')
  await deps.audit.putEvent(event)
  try {
    const result = await act()
    const integrationId = event.integrationId ?? createdId(result)
    await recordEnd(deps, { ...event, integrationId, outcome: 'succeeded' })
    return result
  } catch (error) {
    await recordEnd(deps, { ...event, outcome: 'failed', code: problemCodeOf(error) })
    throw error
  }
}

/** Records a write that the caller's role did not allow. */
export async function recordRefusal(deps: AuditDependencies, attempt: Omit<Attempt, 'action'>): Promise<void> {
  const event = eventOf(deps, { ...attempt, action: 'refused_write' }, 'refused')
  await deps.audit.putEvent({ ...event, code: 'forbidden' })
}

function eventOf(deps: AuditDependencies, attempt: Attempt, outcome: AuditEvent['outcome']): AuditEvent {
  const { action, operation, actor, integrationId, changedFields } = attempt
  return {
    id: deps.newId(),
    at: deps.now().toISOString(),
    actor: { subject: actor.subject, name: actor.name },
    action,
    operation,
    integrationId: integrationId !== undefined && isStorableId(integrationId) ? integrationId : null,
    changedFields,
    outcome,
    code: null,
  }
}

/** What was done stands, whether or not this can be written: the event reads `unfinished` then. */
async function recordEnd(deps: AuditDependencies, event: AuditEvent): Promise<void> {
  try {
    await deps.audit.putEvent(event)
  } catch (error) {
    deps.logger.error('The end of an audited call could not be recorded.', error, { auditEventId: event.id })
  }
}
