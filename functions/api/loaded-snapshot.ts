import { deriveUsers, type DirectoryUser } from '../../shared/domain/directory-user.ts'
import type { Snapshot } from '../../shared/domain/snapshot.ts'
import { sortUsers, type UsersSort } from '../../shared/domain/users-query.ts'

/** A snapshot in memory, with what answers need of it time and again: made when first asked for, and kept with it. */
export class LoadedSnapshot {
  readonly snapshot: Snapshot
  /** As the company domains make them, by id. */
  readonly users: readonly DirectoryUser[]
  private readonly orders = new Map<string, readonly DirectoryUser[]>()
  private sums: Snapshot | undefined

  constructor(snapshot: Snapshot, companyDomains: readonly string[]) {
    this.snapshot = snapshot
    this.users = deriveUsers(snapshot, companyDomains)
  }

  /** There are but a few orders: two for each field. */
  usersBy(sort: UsersSort): readonly DirectoryUser[] {
    const order = `${sort.field} ${sort.descending}`
    const users = this.orders.get(order) ?? sortUsers(this.users, sort)
    this.orders.set(order, users)
    return users
  }

  /** The same usage without its users: enough for what is told by day or by model. */
  get summed(): Snapshot {
    this.sums ??= { people: [], usage: this.snapshot.usage.summed() }
    return this.sums
  }
}
