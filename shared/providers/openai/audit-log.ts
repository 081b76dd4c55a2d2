import * as z from 'zod'
import { ProviderError } from '../../domain/problem.ts'
import { listSchema } from '../http/cursor-list.ts'
import { RequestRefusedError } from '../http/errors.ts'
import type { HttpClient } from '../http/http-client.ts'
import { instant } from './schemas.ts'

export const DATA_SET = 'logins'
export const SIGNED_IN = 'login.succeeded'

const text = z.string().nullish()

/**
 * Of an entry of the audit log nothing but its user, time and type passes: no address, IP or session.
 * https://platform.openai.com/docs/api-reference/audit-logs/object
 */
export const auditLogEntrySchema = z.object({
  id: z.string().regex(/\S/),
  type: text,
  effective_at: instant,
  actor: z.object({ session: z.object({ user: z.object({ id: text }).nullish() }).nullish() }).nullish(),
})

export type AuditLogReply = z.output<typeof auditLogEntrySchema>

/** https://platform.openai.com/docs/api-reference/audit-logs/list */
const auditLogSchema = listSchema(auditLogEntrySchema)

/** A time from an instant, included, to another, excluded, in unix seconds. */
export interface Seconds {
  readonly from: number
  readonly to: number
}

/** Requests one page of entries: the first, or the one after an entry. https://platform.openai.com/docs/api-reference/audit-logs/list */
export async function getLogins(
  client: HttpClient,
  { limit, slice, after }: { readonly limit: number; readonly slice?: Seconds; readonly after?: string | undefined },
) {
  const query: [string, string][] = [
    ['limit', String(limit)],
    ['event_types[]', SIGNED_IN],
  ]
  if (slice !== undefined) query.push(['effective_at[gte]', `${slice.from}`], ['effective_at[lt]', `${slice.to}`])
  if (after !== undefined) query.push(['after', after])
  try {
    return await client.get({ dataSet: DATA_SET, path: '/organization/audit_logs', query, schema: auditLogSchema })
  } catch (error) {
    const isMissing = error instanceof RequestRefusedError && error.status === 404 && after === undefined
    throw isMissing ? new ProviderError('data_set_unavailable', DATA_SET, { cause: error }) : error
  }
}
