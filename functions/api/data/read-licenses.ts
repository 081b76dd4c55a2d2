import type { WireLicenses } from '../../../shared/contracts/data-contract.ts'
import { licensesOf } from '../../../shared/data-sets/directory/licenses-view.ts'
import { inviteAsOf } from '../../../shared/data-sets/invites/invites.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { asOf, sourcesOf } from './as-of.ts'
import type { OrganizationData, SnapshotCache } from './snapshot-cache.ts'

const NO_LICENSES: Omit<WireLicenses, 'asOf' | 'sources'> = {
  people: { active: 0, disabled: 0, banned: 0 },
  serviceAccounts: 0,
  pendingInvites: null,
  seats: { member: 0, guest: 0 },
  licenses: { inUse: 0, unused: 0, noData: 0 },
  roles: [],
  activePeople: { today: 0, last7Days: 0, last30Days: 0 },
}

/** Counts of people, seats and licenses. All are 0 before the first successful sync. */
export async function getLicenses(deps: ApiDependencies, cache: SnapshotCache, id: string): Promise<WireLicenses> {
  const data = await cache.read(id)
  const about = { asOf: asOf(deps, data), sources: sourcesOf(data) }
  if (data.loaded === null) return { ...about, ...NO_LICENSES }
  const licenses = licensesOf(data.loaded.users, data.published.dataSets.directory.window)
  return { ...about, ...licenses, pendingInvites: pendingInvites(data), roles: [...licenses.roles] }
}

/** Null when invitations were not read. */
function pendingInvites({ loaded, published }: OrganizationData): number | null {
  const syncedAt = published?.dataSets['invites']?.syncedAt
  const invites = loaded?.snapshot.lists.invites ?? null
  if (invites === null || syncedAt === undefined) return null
  return invites.filter((invite) => inviteAsOf(invite, syncedAt).status === 'pending').length
}
