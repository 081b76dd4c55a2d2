import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import { totalsIn } from '../../../shared/data-sets/by-series.ts'
import type { DirectoryUser } from '../../../shared/data-sets/directory/directory-user.ts'
import type { UsageTable } from '../../../shared/data-sets/usage/usage.ts'

/** Maps a user to its wire format, with the days of the usage from which it is derived. */
export function toWireUser(user: DirectoryUser, usage: UsageTable): WireUser {
  return {
    id: user.id,
    kind: user.kind,
    email: user.email,
    name: user.name,
    role: user.role,
    accountStatus: user.accountStatus,
    seat: user.seat === null ? null : { type: user.seat.type, reason: user.seat.reason },
    license: user.license,
    lastActiveOn: user.lastActiveOn,
    lastActivitySource: user.lastActivitySource,
    lastLoginOn: user.lastLoginOn,
    ...totalsIn(user),
    cost: user.cost,
    addedAt: user.addedAt,
    removedAt: user.removedAt,
    projects: user.projects?.map(({ id, name, role }) => ({ id, name, role })) ?? null,
    dailyRequests: usage.dailyCountsOf(user.id, 'requests'),
  }
}
