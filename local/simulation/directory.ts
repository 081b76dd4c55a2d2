import { type Holder, holderOf } from './people.ts'
import { chance } from './random.ts'
import { dayNumberOf } from './utc.ts'

/** How a provider lists people. */
export interface DirectoryOptions<User> {
  readonly seed: string
  /** The indexes of the company's positions that have an account. */
  readonly positions: readonly number[]
  /** The entry of a position's holder on a day. */
  readonly userOf: (holder: Holder, day: number) => User
}

/** The people of an organization, who join and leave over time. Tests can change it. */
export class Directory<User extends { readonly id: string }> {
  private readonly options: DirectoryOptions<User>
  private readonly removed = new Set<string>()
  private readonly added = new Map<string, User>()
  private isReplaced = false
  private holders: { readonly day: number; readonly list: readonly Holder[] } | undefined
  private listed: { readonly day: number; readonly users: readonly User[] } | undefined

  constructor(options: DirectoryOptions<User>) {
    this.options = options
  }

  /** Removes a person. */
  remove(userId: string): void {
    this.added.delete(userId)
    this.removed.add(userId)
    this.listed = undefined
  }

  /** Adds a person, replacing one with the same id. */
  add(user: User): void {
    this.removed.delete(user.id)
    this.added.set(user.id, user)
    this.listed = undefined
  }

  /** Replaces everybody. */
  replaceAll(users: readonly User[]): void {
    this.isReplaced = true
    this.added.clear()
    for (const user of users) this.add(user)
    this.listed = undefined
  }

  /** Everybody at an instant, in the order of hiring. The same list until somebody changes. */
  usersAt(now: Date): readonly User[] {
    const day = dayNumberOf(now)
    if (this.listed?.day !== day) this.listed = { day, users: this.usersOn(day) }
    return this.listed.users
  }

  /** The same people in an order that changes daily. */
  shuffledUsersAt(now: Date): User[] {
    const day = dayNumberOf(now)
    const places = this.usersAt(now).map((user) => ({ user, place: chance(this.options.seed, user.id, day) }))
    return places.toSorted((left, right) => left.place - right.place).map(({ user }) => user)
  }

  /** Who holds the company's own positions on a day, whatever was changed. */
  holdersOn(day: number): Holder[] {
    const isThere = (holder: Holder) => holder.joinsOn <= day && day < holder.leavesOn
    if (this.holders?.day !== day) {
      const previous = this.holders?.list ?? []
      const list = this.options.positions.map((index, place) => {
        const known = previous[place]
        return known !== undefined && isThere(known) ? known : holderOf(this.options.seed, index, day)
      })
      this.holders = { day, list }
    }
    return this.holders.list.filter((holder) => isThere(holder))
  }

  private usersOn(day: number): User[] {
    const own = this.isReplaced ? [] : this.holdersOn(day).map((holder) => this.options.userOf(holder, day))
    const kept = own.filter((user) => !this.removed.has(user.id) && !this.added.has(user.id))
    return [...kept, ...this.added.values()]
  }
}
