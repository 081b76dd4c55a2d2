import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { timestampOf } from './timestamp.ts'

/** An invitation as Anthropic lists it. Times are RFC 3339. */
export interface SimulatedInvite {
  readonly type: 'invite'
  readonly id: string
  readonly email: string
  readonly role: string
  readonly status: 'accepted' | 'deleted' | 'expired' | 'pending'
  readonly invited_at: string
  readonly expires_at: string
  readonly accepted_at: string | null
  readonly rbac_group_ids: readonly string[]
}

/** The company's own invitations, of all states. */
export function ownInvites(now: Date): SimulatedInvite[] {
  const day = now.getTime() - (now.getTime() % MS_PER_DAY)
  const invite = (name: string, status: SimulatedInvite['status'], daysAgo: number): SimulatedInvite => ({
    type: 'invite',
    id: `invite_01${name.replace('.', '')}`,
    email: `${name}@northwind.example`,
    role: 'developer',
    status,
    invited_at: timestampOf(day - daysAgo * MS_PER_DAY),
    expires_at: timestampOf(day + (21 - daysAgo) * MS_PER_DAY),
    accepted_at: status === 'accepted' ? timestampOf(day - (daysAgo - 1) * MS_PER_DAY) : null,
    rbac_group_ids: [],
  })
  return [
    invite('ingo.newcomer', 'pending', 2),
    invite('nele.invited', 'pending', 16),
    invite('jo.late', 'expired', 40),
    invite('kim.there', 'accepted', 12),
    invite('lou.unwanted', 'deleted', 5),
  ]
}
