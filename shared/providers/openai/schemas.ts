import * as z from 'zod'
import { cursor, listSchema } from '../http/cursor-list.ts'
import { count, numeric } from '../http/reply.ts'
import { label } from '../text/label.ts'
import { hintOf } from '../text/masked-key.ts'

/*
 * The parts of OpenAI's replies that are used. Other fields are dropped and never fail a parse. Fields whose absence would
 * lose people or numbers are required.
 */

/** The end of the year 9999. A larger number is not a unix time in seconds. */
const LAST_UNIX_SECOND = 253_402_300_799

const unixSeconds = numeric.pipe(z.number().nonnegative().max(LAST_UNIX_SECOND))

const id = z.string().regex(/\S/)
const text = z.string().nullish()
const flag = z.boolean().nullish()

/** https://platform.openai.com/docs/api-reference/users/object. `created` and `user` are fallbacks for missing fields. */
export const userSchema = z
  .object({
    id,
    email: label,
    name: label,
    role: label,
    added_at: unixSeconds.nullish(),
    created: unixSeconds.nullish(),
    api_key_last_used_at: z.union([unixSeconds, z.literal('').transform(() => null)]).nullish(),
    is_service_account: flag,
    is_scim_managed: flag,
    projects: z.object({ data: z.array(z.object({ id: text, name: label, role: label })).nullish() }).nullish(),
    user: z.object({ email: label, name: label, enabled: flag, banned: flag }).nullish(),
  })
  .transform(({ added_at, created, ...user }) => ({ ...user, addedAt: added_at ?? created ?? null }))

export type UserReply = z.output<typeof userSchema>

/** https://platform.openai.com/docs/api-reference/users/list */
export const userListSchema = listSchema(userSchema)

/** https://platform.openai.com/docs/api-reference/usage/completions_object */
export const usageRowSchema = z.object({
  user_id: text,
  model: text,
  num_model_requests: count,
  input_tokens: count,
  output_tokens: count,
  input_cached_tokens: count.nullish(),
})

export type UsageRowReply = z.output<typeof usageRowSchema>

const usageRowsSchema = z.array(usageRowSchema)

/**
 * There can be hundreds of thousands of rows, and the schema needs more time for them than JSON parsing. So rows in their
 * usual form are recognized without it. The schema parses all others.
 */
const usageResults = z.unknown().transform((results, context): UsageRowReply[] => {
  if (arePlainRows(results)) return results
  const parsed = usageRowsSchema.safeParse(results)
  if (parsed.success) return parsed.data
  for (const { path, code } of parsed.error.issues) context.addIssue({ code: 'custom', path, message: code })
  return z.NEVER
})

function arePlainRows(results: unknown): results is UsageRowReply[] {
  return Array.isArray(results) && results.every(isPlainRow)
}

/** True only for rows that the schema would return unchanged. */
function isPlainRow(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return false
  const fields: { readonly [Field in keyof UsageRowReply]?: unknown } = row
  return (
    isTextOrNothing(fields.user_id) &&
    isTextOrNothing(fields.model) &&
    isCount(fields.num_model_requests) &&
    isCount(fields.input_tokens) &&
    isCount(fields.output_tokens) &&
    (fields.input_cached_tokens == null || isCount(fields.input_cached_tokens))
  )
}

function isTextOrNothing(value: unknown): boolean {
  return typeof value === 'string' || value === null || value === undefined
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** A page of a report by day. */
export function dayPageSchema<Results extends z.ZodType>(results: Results) {
  return z.object({
    data: z.array(z.object({ start_time: unixSeconds, end_time: unixSeconds, results })),
    has_more: z.boolean(),
    next_page: cursor,
  })
}

/** https://platform.openai.com/docs/api-reference/usage/completions */
export const usagePageSchema = dayPageSchema(usageResults)

export const instant = unixSeconds.nullish()

/** https://platform.openai.com/docs/api-reference/invite/object */
export const inviteSchema = z.object({
  id,
  email: label,
  role: label,
  status: text,
  created_at: instant,
  expires_at: instant,
  accepted_at: instant,
})

export type InviteReply = z.output<typeof inviteSchema>

/** https://platform.openai.com/docs/api-reference/invite/list */
export const inviteListSchema = listSchema(inviteSchema)

/** Of a key's value, nothing but the last four characters passes, and these only where OpenAI masks the others. */
const keyHint = text.transform(hintOf)

const ownerFields = { id: text, name: label, email: label }

/** https://platform.openai.com/docs/api-reference/admin-api-keys/object */
export const adminKeySchema = z.object({
  id,
  name: label,
  redacted_value: keyHint,
  created_at: instant,
  last_used_at: instant,
  expires_at: instant,
  owner: z.object({ ...ownerFields, type: text }).nullish(),
})

/** https://platform.openai.com/docs/api-reference/project-api-keys/object */
export const projectKeySchema = z.object({
  ...adminKeySchema.shape,
  owner: z
    .object({ user: z.object(ownerFields).nullish(), service_account: z.object(ownerFields).nullish() })
    .nullish(),
  owner_project_access: text,
})

/** https://platform.openai.com/docs/api-reference/projects/object */
export const projectSchema = z.object({
  id,
  name: label,
  archived_at: instant,
  status: text,
})

export type AdminKeyReply = z.output<typeof adminKeySchema>
export type ProjectKeyReply = z.output<typeof projectKeySchema>
export type ProjectReply = z.output<typeof projectSchema>

export const adminKeyListSchema = listSchema(adminKeySchema)
export const projectKeyListSchema = listSchema(projectKeySchema)
export const projectListSchema = listSchema(projectSchema)
