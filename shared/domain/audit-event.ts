/** The recorded actions, including refused ones. */
export const AUDIT_ACTIONS = [
  'connect',
  'key_change',
  'edit',
  'delete',
  'manual_sync',
  'accept_finding',
  'reopen_finding',
  'create_review',
  'delete_review',
  'decide',
  'complete_review',
  'export',
  'refused_write',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** `unfinished`: recorded before the action ran, with an unknown outcome. */
export const AUDIT_OUTCOMES = ['succeeded', 'failed', 'refused', 'unfinished'] as const
type AuditOutcome = (typeof AUDIT_OUTCOMES)[number]

/** An action with its actor, time and outcome. It contains the names of changed fields, never their values. */
export interface AuditEvent {
  /** A ULID. Later events have greater ids. */
  readonly id: string
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string
  readonly actor: { readonly subject: string; readonly name: string | null }
  readonly action: AuditAction
  /** The operation's name in the OpenAPI document. */
  readonly operation: string
  /** Null for a failed connection, or a refused call without an integration. */
  readonly integrationId: string | null
  /** Of a call about a finding. Null for all others. It has a hash of its subject, no name or address. */
  readonly findingId: string | null
  readonly changedFields: readonly string[]
  readonly outcome: AuditOutcome
  /** The problem's code, unless it succeeded. */
  readonly code: string | null
  /** Of a call about a review. */
  readonly reviewId?: string | undefined
  /** Of a review that was completed, so that the events prove it too. */
  readonly hashes?: { readonly evidenceHash: string; readonly decisionsHash: string } | undefined
}

/** How many days audit events are kept. */
export const AUDIT_KEPT_DAYS = 400
