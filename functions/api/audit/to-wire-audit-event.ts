import type { WireAuditEvent } from '../../../shared/contracts/audit-contract.ts'
import type { AuditEvent } from '../../../shared/domain/audit-event.ts'

/** Maps an audit event to its wire format. */
export function toWireAuditEvent(event: AuditEvent): WireAuditEvent {
  const { id, at, actor, action, operation, integrationId, changedFields, outcome, code } = event
  return {
    id,
    at,
    actor: { subject: actor.subject, name: actor.name },
    action,
    operation,
    integrationId,
    changedFields: [...changedFields],
    outcome,
    code,
  }
}
