import type { AuditAction, AuditEvent } from '../../../shared/domain/audit-event.ts'
import type { Caller } from '../../../shared/domain/role.ts'
import { integrationIdIn } from '../../../shared/findings/new-finding.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { toProblem } from './problem-response.ts'
import { isStorableId } from '../integrations/visible-integration.ts'

export type AuditDependencies = Pick<ApiDependencies, 'audit' | 'now' | 'newId' | 'logger'>

/** An attempted action and its actor. */
interface Attempt {
  readonly action: AuditAction
  readonly operation: string
  readonly actor: Omit<Caller, 'role'>
  /** As sent by the client. Only a syntactically valid id is recorded. */
  readonly integrationId: string | undefined
  readonly reviewId?: string | undefined
  /** Likewise. */
  readonly findingId: string | undefined
  readonly changedFields: readonly string[]
}

/** What a succeeded action adds to its event. */
export type AddedFields = Partial<Pick<AuditEvent, 'integrationId' | 'reviewId' | 'hashes'>>

/**
 * Records an attempt, runs the action, and records its outcome. Recorded before the action runs, so a crash still
 * leaves an event; when recording fails, the action does not run. `addedBy` says what the event also has when it succeeded.
 */
export async function audited<Answer>(
  deps: AuditDependencies,
  attempt: Attempt,
  act: () => Promise<Answer>,
  addedBy: (answer: Answer) => AddedFields = () => ({}),
): Promise<Answer> {
  const event = eventOf(deps, attempt, 'unfinished')
  await deps.audit.putEvent(event)
  try {
    const answer = await act()
    await recordEnd(deps, { ...event, ...addedBy(answer), outcome: 'succeeded' })
    return answer
  } catch (error) {
    await recordEnd(deps, { ...event, outcome: 'failed', code: toProblem(error).code })
    throw error
  }
}

/** Records a write that the caller's role did not allow. */
export async function recordRefusal(deps: AuditDependencies, attempt: Omit<Attempt, 'action'>): Promise<void> {
  const event = eventOf(deps, { ...attempt, action: 'refused_write' }, 'refused')
  await deps.audit.putEvent({ ...event, code: 'forbidden' })
}

function eventOf(deps: AuditDependencies, attempt: Attempt, outcome: AuditEvent['outcome']): AuditEvent {
  const { action, operation, actor, integrationId, findingId, reviewId, changedFields } = attempt
  return {
    id: deps.newId(),
    at: deps.now().toISOString(),
    actor: { subject: actor.subject, name: actor.name },
    action,
    operation,
    integrationId: integrationId !== undefined && isStorableId(integrationId) ? integrationId : null,
    findingId: findingId !== undefined && integrationIdIn(findingId) !== undefined ? findingId : null,
    changedFields,
    outcome,
    code: null,
    ...(reviewId !== undefined && isStorableId(reviewId) && { reviewId }),
  }
}

/** The action stands even when this write fails: the event then remains `unfinished`. */
async function recordEnd(deps: AuditDependencies, event: AuditEvent): Promise<void> {
  try {
    await deps.audit.putEvent(event)
  } catch (error) {
    deps.logger.error('The outcome of an audited call could not be recorded.', error, { auditEventId: event.id })
  }
}
