import { deriveUsers, type DirectoryUser } from '../../../shared/data-sets/directory/directory-user.ts'
import type { DirectoryRules } from '../../../shared/data-sets/directory/directory-rules.ts'
import type { Snapshot } from '../../../shared/data-sets/snapshot.ts'
import { summedOverUsers } from '../../../shared/data-sets/usage/usage-table-builder.ts'
import {
  usageByDay,
  usageByModel,
  usageByUser,
  type UsageByDay,
  type UsageByModel,
  type UsageByUser,
} from '../../../shared/data-sets/usage/usage-view.ts'
import {
  filterUsers,
  sortUsers,
  type UsersFilter,
  type UsersSort,
} from '../../../shared/data-sets/directory/users-query.ts'
import type { Window } from '../../../shared/domain/window.ts'
import { Kept } from './kept.ts'

/** Each keeps references to the users, no copies: 80 KB for 10,000 of them. */
const LISTS_KEPT = 24
const RANGES_KEPT = 24

/** A snapshot in memory, with what answers need of it time and again: made when first asked for, and kept with it. */
export class LoadedSnapshot {
  readonly snapshot: Snapshot
  /** As the company domains make them, by id. */
  readonly users: readonly DirectoryUser[]
  private readonly rules: DirectoryRules
  private readonly orders = new Kept<readonly DirectoryUser[]>(LISTS_KEPT)
  private readonly selections = new Kept<readonly DirectoryUser[]>(LISTS_KEPT)
  private readonly days = new Kept<readonly UsageByDay[]>(RANGES_KEPT)
  private sums: Snapshot | undefined

  constructor(snapshot: Snapshot, companyDomains: readonly string[], rules: DirectoryRules) {
    this.snapshot = snapshot
    this.rules = rules
    this.users = deriveUsers(snapshot, companyDomains, rules)
  }

  /** The users that a filter lets pass, sorted. The pages of a list ask for the same ones. */
  usersBy(filter: UsersFilter, sort: UsersSort): readonly DirectoryUser[] {
    const { q, role, excludeRole, seat, license, accountStatus, kind, idleDays } = filter
    // Typed so that none is forgotten: two filters must not share what is kept.
    const told: Record<keyof UsersFilter, unknown> = {
      q,
      role,
      excludeRole,
      seat,
      license,
      accountStatus,
      kind,
      idleDays,
    }
    const asked = JSON.stringify([told, sort.field, sort.descending])
    return this.selections.get(asked, () => filterUsers(this.sortedUsers(sort), filter, this.snapshot.usage.window))
  }

  usageByDay(range: Window): readonly UsageByDay[] {
    return this.days.get(`${range.from} ${range.to}`, () => usageByDay(this.summed, range))
  }

  usageByModel(range: Window): UsageByModel[] {
    return usageByModel(this.summed, range)
  }

  usageByUser(range: Window): UsageByUser[] {
    return usageByUser(this.snapshot, range, this.rules)
  }

  /** The same usage without its users: enough for what is told by day, by model or in all. */
  get summed(): Snapshot {
    this.sums ??= { people: [], usage: summedOverUsers(this.snapshot.usage) }
    return this.sums
  }

  private sortedUsers(sort: UsersSort): readonly DirectoryUser[] {
    return this.orders.get(`${sort.field} ${sort.descending}`, () => sortUsers(this.users, sort))
  }
}
