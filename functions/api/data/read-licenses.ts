import type { WireLicenses } from '../../../shared/contracts/data-contract.ts'
import { licensesOf } from '../../../shared/data-sets/directory/licenses-view.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { asOf, sourcesOf } from './as-of.ts'
import type { SnapshotCache } from './snapshot-cache.ts'

const NO_LICENSES: Omit<WireLicenses, 'asOf' | 'sources'> = {
  people: { active: 0, disabled: 0, banned: 0 },
  serviceAccounts: 0,
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
  return { ...about, ...licenses, roles: [...licenses.roles] }
}
