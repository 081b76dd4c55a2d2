import * as z from 'zod'
import type { ListDataSet } from '../data-set.ts'

/** An accepted invitation is a member, and is not kept. */
export const INVITE_STATUSES = ['pending', 'expired'] as const
export type InviteStatus = (typeof INVITE_STATUSES)[number]

/** Somebody who was invited and has not joined. Times are ISO 8601 UTC with milliseconds, or null if not reported. */
export interface Invite {
  readonly id: string
  readonly email: string | null
  readonly role: string | null
  readonly invitedAt: string | null
  readonly expiresAt: string | null
  /** What the provider says. `inviteStatusAt` also looks at the expiry. */
  readonly status: InviteStatus
}

const inviteSchema: z.ZodType<Invite> = z.object({
  id: z.string(),
  email: z.string().nullable(),
  role: z.string().nullable(),
  invitedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  status: z.enum(INVITE_STATUSES),
})

/** Pending and expired invitations. */
export const invites = {
  kind: 'list',
  id: 'invites',
  itemSchema: inviteSchema,
  idOf: ({ id }: Invite) => id,
} as const satisfies ListDataSet<Invite>

/** The invitation as of an instant (ISO 8601 UTC): a pending one past its expiry is expired. */
export function inviteAsOf(invite: Invite, syncedAt: string): Invite {
  const isPast = invite.expiresAt !== null && invite.expiresAt <= syncedAt
  return isPast ? { ...invite, status: 'expired' } : invite
}
