import * as z from 'zod'
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '../domain/audit-event.ts'
import { ROLES } from '../domain/role.ts'
import { cursor, instant, nextCursor, pageLimit } from './fields.ts'

/** An audit event. It contains the names of changed fields, never their values. */
export const auditEventSchema = z
  .strictObject({
    id: z.string(),
    at: instant,
    actor: z.strictObject({ subject: z.string(), name: z.string().nullable() }),
    action: z.enum(AUDIT_ACTIONS),
    operation: z.string().meta({ description: 'The call, by its operationId.' }),
    integrationId: z.string().nullable(),
    findingId: z.string().nullable().meta({ description: 'Of a call that accepts or reopens a finding. Else null.' }),
    changedFields: z.array(z.string()),
    outcome: z.enum(AUDIT_OUTCOMES).meta({
      description: '`unfinished`: begun, with an unknown outcome.',
    }),
    code: z.string().nullable().meta({ description: 'The problem’s code when it did not succeed.' }),
    reviewId: z.string().optional().meta({ description: 'Only of a call about a review.' }),
    hashes: z
      .strictObject({ evidenceHash: z.string(), decisionsHash: z.string() })
      .optional()
      .meta({ description: 'Only of a review that was completed: both hashes as its evidence has them.' }),
  })
  .meta({ id: 'AuditEvent' })

export const auditEventListQuery = z.strictObject({
  integrationId: z.string().min(1).max(100).optional().meta({
    description:
      'Only events of this integration, even if it was deleted. A page can then contain fewer events than `limit`.',
  }),
  operation: z.string().min(1).max(100).optional().meta({
    description: 'Only events of this call, by its operationId. A page can then contain fewer events, too.',
  }),
  limit: pageLimit,
  cursor,
})
export const auditEventListSchema = z.strictObject({ items: z.array(auditEventSchema), nextCursor })

/** `GET /v1/me` */
export const meSchema = z
  .strictObject({ subject: z.string(), name: z.string().nullable(), role: z.enum(ROLES) })
  .meta({ id: 'Me' })

export type WireAuditEvent = z.output<typeof auditEventSchema>
export type AuditEventListQuery = z.output<typeof auditEventListQuery>
