import * as z from 'zod'
import { INVITE_STATUSES } from '../data-sets/invites/invites.ts'
import { asOfSchema, csvFormat } from './data-contract.ts'
import { count, cursor, instant, nextCursor, pageLimit } from './fields.ts'

const inviteSchema = z
  .strictObject({
    id: z.string(),
    email: z.string().nullable(),
    role: z.string().nullable(),
    invitedAt: instant.nullable(),
    expiresAt: instant.nullable(),
    status: z.enum(INVITE_STATUSES).meta({ description: 'As of the reading that is shown.' }),
  })
  .meta({ id: 'Invite' })

export const inviteListQuery = z.strictObject({ format: csvFormat, limit: pageLimit, cursor })

export const inviteListSchema = z.strictObject({
  items: z.array(inviteSchema),
  nextCursor,
  total: count,
  asOf: asOfSchema,
})

export type WireInvite = z.output<typeof inviteSchema>
export type InviteListQuery = z.output<typeof inviteListQuery>
