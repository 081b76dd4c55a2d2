import * as z from 'zod'
import { listSchema } from '../http/cursor-list.ts'
import { label } from '../text/label.ts'
import { hintOf } from '../text/masked-key.ts'

/*
 * The parts of Anthropic's lists that are used. Other fields are dropped and never fail a parse. Fields whose absence would
 * lose people or keys are required.
 */

export const id = z.string().regex(/\S/)

const text = z.string().nullish()

/** A time in RFC 3339, as ISO 8601 UTC with milliseconds. */
export const instant = z.iso.datetime({ offset: true }).transform((written) => new Date(written).toISOString())

const instantOrNone = instant.nullish().transform((time) => time ?? null)

/** https://docs.claude.com/en/api/admin-api/organization/get-me */
export const organizationSchema = z.object({ id, name: z.string() })

/** https://docs.claude.com/en/api/admin-api/users/list-users */
export const userSchema = z.object({ id, email: label, name: label, role: label, added_at: instantOrNone })
export const userListSchema = listSchema(userSchema)
export type UserReply = z.output<typeof userSchema>

/** https://docs.claude.com/en/api/admin-api/invites/list-invites */
export const inviteSchema = z.object({
  id,
  email: label,
  role: label,
  status: text,
  invited_at: instantOrNone,
  expires_at: instantOrNone,
  accepted_at: instantOrNone,
})
export const inviteListSchema = listSchema(inviteSchema)
export type InviteReply = z.output<typeof inviteSchema>

/** https://docs.claude.com/en/api/admin-api/workspaces/list-workspaces */
export const workspaceSchema = z.object({ id, name: label })
export const workspaceListSchema = listSchema(workspaceSchema)

const ownerSchema = z.object({ type: text, id: text, user_id: text, service_account_id: text }).nullish()

/** https://docs.claude.com/en/api/admin-api/apikeys/list-api-keys */
export const apiKeySchema = z.object({
  id,
  name: label,
  // Of a key's value, nothing but the last four characters passes, and these only where Anthropic masks the others.
  partial_key_hint: text.transform(hintOf),
  created_at: instantOrNone,
  expires_at: instantOrNone,
  status: text,
  created_by: ownerSchema,
  principal: ownerSchema,
  scope: z.object({ type: text, workspace_id: text }).nullish(),
})
export const apiKeyListSchema = listSchema(apiKeySchema)
export type ApiKeyReply = z.output<typeof apiKeySchema>
