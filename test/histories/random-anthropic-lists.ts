import { secretOf, type SimulatedKey } from '../../local/simulated-anthropic/api-keys.ts'
import type { SimulatedInvite } from '../../local/simulated-anthropic/invites.ts'
import { timestampOf } from '../../local/simulated-anthropic/timestamp.ts'
import type { Draw } from './draw.ts'
import { DRAWN_AT } from './drawn-at.ts'

const DAY_MS = 86_400_000
const NAMES = ['Notebook', 'CI', 'ci', 'Čeněk’s key', '__proto__']
const ADDRESSES = ['new@acme.example', 'guest@guest.example']
const KEY_STATUSES = ['active', 'active', 'active', 'inactive', 'archived'] as const
const INVITE_STATUSES = ['pending', 'pending', 'accepted', 'deleted', 'expired'] as const

/** The API keys and invitations of an organization at Anthropic, which come, change and go. */
export class RandomAnthropicLists {
  keys: readonly SimulatedKey[] = []
  invites: readonly SimulatedInvite[] = []
  private readonly draw: Draw
  private created = 0

  constructor(draw: Draw) {
    this.draw = draw
  }

  /** A random step: keys and invitations are created, change their state, and vanish. */
  change(nowMs: number, userIds: readonly string[]): void {
    const { draw } = this
    for (let left = draw.between(0, 3); left > 0; left -= 1) this.keys = [...this.keys, this.newKey(nowMs, userIds)]
    this.keys = this.keys.map((key) => (draw.chance(0.15) ? { ...key, status: draw.pick(KEY_STATUSES) } : key))
    if (draw.chance(0.1)) this.keys = this.keys.filter(() => draw.chance(0.7))
    for (let left = draw.between(0, 2); left > 0; left -= 1) this.invites = [...this.invites, this.newInvite(nowMs)]
    this.invites = this.invites.map((invite) => {
      return draw.chance(0.2) ? { ...invite, ...this.inviteStatus(nowMs) } : invite
    })
    if (draw.chance(0.1)) this.invites = this.invites.filter(() => draw.chance(0.7))
  }

  /** The first ones are those that usage and costs are attributed to. */
  private newKey(nowMs: number, userIds: readonly string[]): SimulatedKey {
    const { draw } = this
    const id = `apikey_${(this.created += 1)}`
    const workspaceId = draw.pick(DRAWN_AT.anthropic.projects)
    const creator = draw.pick([null, ...DRAWN_AT.anthropic.strangers, ...userIds])
    return {
      id,
      name: draw.pick(NAMES),
      secret: secretOf(id),
      created_at: timestampOf(nowMs - draw.pick([0, draw.between(1, 40), draw.between(200, 500)]) * DAY_MS),
      expires_at: draw.chance(0.6) ? null : timestampOf(nowMs + draw.between(-20, 60) * DAY_MS),
      status: draw.pick(KEY_STATUSES),
      created_by:
        creator === null ? null : { id: creator, type: creator.startsWith('svac_') ? 'service_account' : 'user' },
      principal: this.principal(userIds),
      scope: workspaceId === null ? { type: 'organization' } : { type: 'workspace', workspace_id: workspaceId },
    }
  }

  private principal(userIds: readonly string[]): SimulatedKey['principal'] {
    const { draw } = this
    if (draw.chance(0.3)) return null
    if (draw.chance(0.2)) return { type: 'service_account_actor', service_account_id: 'svac_abc' }
    return { type: 'user_actor', user_id: draw.pick(['user-long-gone', ...userIds]) }
  }

  private newInvite(nowMs: number): SimulatedInvite {
    const { draw } = this
    const invitedMs = nowMs - draw.between(0, 40) * DAY_MS
    return {
      type: 'invite',
      id: `invite_${(this.created += 1)}`,
      email: draw.pick(ADDRESSES),
      role: draw.pick(DRAWN_AT.anthropic.roles),
      invited_at: timestampOf(invitedMs),
      expires_at: timestampOf(invitedMs + 21 * DAY_MS),
      rbac_group_ids: [],
      ...this.inviteStatus(nowMs),
    }
  }

  private inviteStatus(nowMs: number): Pick<SimulatedInvite, 'status' | 'accepted_at'> {
    const status = this.draw.pick(INVITE_STATUSES)
    return { status, accepted_at: status === 'accepted' ? timestampOf(nowMs) : null }
  }
}
