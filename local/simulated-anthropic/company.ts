import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { Directory } from '../simulation/directory.ts'
import { KeptRows } from '../simulation/kept-rows.ts'
import { isServiceAccount, OWNERS } from '../simulation/people.ts'
import { chance } from '../simulation/random.ts'
import { keyOfSpan, spanOf } from '../simulation/span.ts'
import { dayNumberOf } from '../simulation/utc.ts'
import type { Contact } from './actors.ts'
import { addedCost, type AddedCost, addedMember, type AddedPerson, addedRow, type AddedUsage } from './added.ts'
import { ownKeys, type SimulatedKey } from './api-keys.ts'
import { costOf, type SimulatedCost } from './cost-rows.ts'
import { habitsOfPerson, habitsOfSoftware } from './habits.ts'
import { ownInvites, type SimulatedInvite } from './invites.ts'
import { contactAt, memberOf, type SimulatedMember, userIdOf } from './member.ts'
import { type Habit, rowsOf, type SimulatedRow } from './usage-rows.ts'

/** Who of the company is in this organization. */
export interface CompanyOptions {
  readonly seed: string
  /** The approximate number of people; some leave and join. */
  readonly members: number
  /**
   * The share of them, from 0 to 1, who are also in the other simulated organization of the same seed with that many members.
   * Their addresses are the same, some in other case.
   */
  readonly inCommon: { readonly share: number; readonly members: number }
}

/** A plausible company, determined by seed, size and clock. People join and leave over time. */
export class Company {
  private readonly seed: string
  private readonly directory: Directory<SimulatedMember>
  private keys: readonly SimulatedKey[]
  private readonly software: readonly Habit[]
  private readonly habits = new Map<string, readonly Habit[]>()
  /** Of the company's own usage: costs need all of it again. */
  private readonly kept = new KeptRows<SimulatedRow>()
  /** Of everybody whose usage was reported, members or not. */
  private readonly contacts = new Map<string, Omit<Contact, 'isMember'>>()
  /** By day number. */
  private added = new Map<number, SimulatedRow[]>()
  private addedCosts = new Map<number, SimulatedCost[]>()
  private invites: readonly SimulatedInvite[] | undefined
  private isUsageReplaced = false

  constructor({ seed, members, inCommon }: CompanyOptions) {
    this.seed = seed
    const positions = positionsOf(seed, members, inCommon)
    const admins = new Set(positions.slice(0, OWNERS))
    this.directory = new Directory({
      seed,
      positions,
      userOf: (holder) => memberOf(seed, holder, admins.has(holder.index)),
    })
    const stayers = this.directory
      .holdersOn(dayNumberOf(Date.UTC(2026, 0, 1)))
      .filter(({ leavesOn }) => leavesOn === Infinity)
    this.keys = ownKeys(
      seed,
      stayers.map((holder) => userIdOf(holder)),
    )
    // Without people there is no company.
    this.software = members === 0 ? [] : habitsOfSoftware(seed, this.keys)
  }

  /** Removes a person from the directory. Their usage stays. */
  remove(userId: string): void {
    this.directory.remove(userId)
  }

  /** Adds a person to the directory, replacing one with the same id. They have no usage unless it is added. */
  add(person: AddedPerson): void {
    this.directory.add(addedMember(person))
  }

  /** Replaces the whole directory. The usage of former people stays. */
  replaceAll(people: readonly AddedPerson[]): void {
    this.directory.replaceAll(people.map((person) => addedMember(person)))
  }

  /** Replaces all API keys. Their usage stays. */
  replaceKeys(keys: readonly SimulatedKey[]): void {
    this.keys = keys
  }

  /** Adds to a day's usage, besides the company's own. */
  addUsage(usage: AddedUsage): void {
    append(this.added, usage.day, addedRow(usage))
  }

  /** Replaces all usage of everybody on every day, as when Anthropic revises days or drops rows. */
  replaceUsage(usage: readonly AddedUsage[]): void {
    this.isUsageReplaced = true
    this.added = new Map()
    for (const row of usage) this.addUsage(row)
  }

  /** Adds a cost to a day, besides those of the usage. */
  addCost(cost: AddedCost): void {
    append(this.addedCosts, cost.day, addedCost(cost))
  }

  /** Replaces the costs that were added, as when Anthropic corrects them. Those of the usage stay. */
  replaceAddedCosts(costs: readonly AddedCost[]): void {
    this.addedCosts = new Map()
    for (const cost of costs) this.addCost(cost)
  }

  /** Replaces all invitations. */
  replaceInvites(invites: readonly SimulatedInvite[]): void {
    this.invites = invites
  }

  /** All invitations, the deleted ones too. */
  invitesAt(now: Date): readonly SimulatedInvite[] {
    return this.invites ?? ownInvites(now)
  }

  /** All API keys that were created by an instant. */
  keysAt(now: Date): SimulatedKey[] {
    return this.keys.filter(({ created_at: createdAt }) => Date.parse(createdAt) <= now.getTime())
  }

  /** Everybody in the directory at an instant, in the order of joining. */
  usersAt(now: Date): readonly SimulatedMember[] {
    return this.directory.usersAt(now)
  }

  /** What is known about a user whose usage is reported. Null: the account was deleted. */
  contactOf(userId: string, members: ReadonlyMap<string, SimulatedMember>): Contact | null {
    const member = members.get(userId)
    if (member !== undefined) return { email: member.email, name: member.name, isMember: true }
    const former = this.contacts.get(userId)
    return former === undefined ? null : { ...former, isMember: false }
  }

  /** The usage of a UTC day, by its number, as far as it is known at an instant. A few figures are revised once, two days later. */
  rowsOn(day: number, now: Date): readonly SimulatedRow[] {
    const { span, isWithMidnight } = spanOf(day * MS_PER_DAY, (day + 1) * MS_PER_DAY, now)
    const added = isWithMidnight ? (this.added.get(day) ?? []) : []
    if (span.to <= span.from || this.isUsageReplaced) return added
    const rows = this.kept.rowsOf(keyOfSpan(span), () => this.habitsOn(day).flatMap((habit) => rowsOf(habit, span)))
    return added.length === 0 ? rows : [...rows, ...added]
  }

  /** The costs of a UTC day. */
  costsOn(day: number, now: Date): SimulatedCost[] {
    const { isWithMidnight } = spanOf(day * MS_PER_DAY, (day + 1) * MS_PER_DAY, now)
    const ofUsage = this.rowsOn(day, now).map((row) => costOf(row))
    return [...ofUsage, ...(isWithMidnight ? (this.addedCosts.get(day) ?? []) : [])].filter(
      ({ parts }) => parts.length > 0,
    )
  }

  private habitsOn(day: number): Habit[] {
    const people = this.directory.holdersOn(day).flatMap((holder) => {
      const known = this.habits.get(holder.id)
      if (known !== undefined) return known
      const habits = habitsOfPerson(this.seed, holder)
      this.habits.set(holder.id, habits)
      this.contacts.set(userIdOf(holder), contactAt(this.seed, holder))
      return habits
    })
    return [...people, ...this.software]
  }
}

/** Positions that both organizations have, and others that only this one has. Machines have no account. */
function positionsOf(seed: string, count: number, inCommon: CompanyOptions['inCommon']): number[] {
  return Array.from({ length: count }, (_, place) => {
    const isShared = place < inCommon.members && (place < OWNERS || chance(seed, place, 'in common') < inCommon.share)
    return inCommon.share > 0 && isShared ? place : inCommon.members + place
  }).filter((index) => !isServiceAccount(index))
}

function append<Item>(byDay: Map<number, Item[]>, day: string, item: Item): void {
  const number = dayNumberOf(Date.parse(day))
  const ofDay = byDay.get(number)
  if (ofDay === undefined) byDay.set(number, [item])
  else ofDay.push(item)
}
