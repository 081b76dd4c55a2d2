/** What somebody did, or was refused. */
export const AUDIT_ACTIONS = [
  'connect',
  'key_change',
  'edit',
  'delete',
  'manual_sync',
  'export',
  'refused_write',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** `unfinished`: recorded before it was carried out, and nobody came back to say how it ended. */
export const AUDIT_OUTCOMES = ['succeeded', 'failed', 'refused', 'unfinished'] as const
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number]

/** Who did what, when, and how it ended. Holds the names of changed fields, never their values. */
export interface AuditEvent {
  /** A ULID: later events sort after earlier ones. */
  readonly id: string
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string
  readonly actor: { readonly subject: string; readonly name: string | null }
  readonly action: AuditAction
  /** The call, by its name in the OpenAPI document. */
  readonly operation: string
  /** Null when there is none: a connection that failed, or a refused call that named no integration. */
  readonly integrationId: string | null
  readonly changedFields: readonly string[]
  readonly outcome: AuditOutcome
  /** The problem's code when it did not succeed. */
  readonly code: string | null
}

/** How long audit events are kept. */
export const AUDIT_KEPT_DAYS = 400
