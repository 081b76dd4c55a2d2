import { AuditLog } from './audit-log.ts'
import type { SimulatedCost } from './cost-rows.ts'
import { ownProjects, type SimulatedProject } from './project-keys.ts'
import { chance } from './random.ts'
import { type Holder, holderOf, type SimulatedUser, userOf } from './person.ts'
import { type Habit, habitOf, rowsOf, shareOfDay, type SimulatedRow, type Span } from './usage-rows.ts'
import { kindRowsOf, type SimulatedKind, type SimulatedKindRow } from './usage-kinds.ts'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { dayNumberOf } from './utc.ts'

/** A person to add to the directory. Additional fields are returned unchanged. */
export interface AddedPerson {
  readonly id: string
  readonly added_at?: number | undefined
  readonly [field: string]: unknown
}

/** An additional usage row for a whole UTC day, such as `2026-11-24`. */
export interface AddedUsage extends Omit<SimulatedRow, 'projectId' | 'apiKeyId'> {
  readonly day: string
}

/** An additional row of a kind other than completions, for a whole UTC day. */
export interface AddedKindUsage extends Omit<SimulatedKindRow, 'projectId' | 'apiKeyId'> {
  readonly day: string
  readonly kind: string
}

/** A plausible company, determined by seed, size and clock. People join and leave over time. */
export class Company {
  private projects: readonly SimulatedProject[] | undefined
  private readonly seed: string
  private readonly size: number
  private readonly removed = new Set<string>()
  private readonly added = new Map<string, SimulatedUser>()
  /** By day number. */
  private readonly addedUsage = new Map<number, AddedUsage[]>()
  private readonly addedKindUsage: AddedKindUsage[] = []
  /** By day number. */
  private readonly addedCosts = new Map<number, SimulatedCost[]>()
  private isReplaced = false
  private isUsageReplaced = false
  /** Whether usage costs nothing: all costs are those that were added. */
  areCostsReplaced = false
  readonly auditLog: AuditLog
  private readonly habits = new Map<string, Habit>()
  private holders: { day: number; list: Holder[] } | undefined
  private ofDirectory: { directory: unknown; at: number; projects: readonly SimulatedProject[] } | undefined
  private directory: { day: number; users: SimulatedUser[] } | undefined

  constructor(options: { seed: string; members: number }) {
    this.seed = options.seed
    this.auditLog = new AuditLog(options.seed)
    this.size = options.members
  }

  /** Removes a person from the directory. Their usage stays. */
  remove(userId: string): void {
    this.added.delete(userId)
    this.removed.add(userId)
    this.directory = undefined
  }

  /** Adds a person to the directory, replacing one with the same id. They have no usage unless it is added. */
  add(person: AddedPerson): void {
    this.removed.delete(person.id)
    this.added.set(person.id, { added_at: 1_767_225_600, ...person, object: 'organization.user' })
    this.directory = undefined
  }

  /** Replaces the whole directory. The usage of former people stays. */
  replaceAll(people: readonly AddedPerson[]): void {
    this.isReplaced = true
    this.added.clear()
    for (const person of people) this.add(person)
    this.directory = undefined
  }

  /** Replaces all projects and their keys. */
  replaceProjects(projects: readonly SimulatedProject[]): void {
    this.projects = projects
  }

  /** All projects, archived ones too, with their keys. */
  projectsAt(now: Date): readonly SimulatedProject[] {
    if (this.projects !== undefined) return this.projects
    const users = this.usersAt(now)
    const { directory, ofDirectory } = this
    // Every page of costs needs them, and making their keys takes long.
    if (ofDirectory === undefined || ofDirectory.directory !== directory || ofDirectory.at !== now.getTime()) {
      this.ofDirectory = { directory, at: now.getTime(), projects: ownProjects(this.seed, users, now) }
    }
    return this.ofDirectory?.projects ?? []
  }

  /** Adds to the day's usage, besides the company's own. All of it is at midnight. */
  addUsage(usage: AddedUsage): void {
    const day = dayNumberOf(Date.parse(usage.day))
    const ofDay = this.addedUsage.get(day)
    if (ofDay === undefined) this.addedUsage.set(day, [usage])
    else ofDay.push(usage)
  }

  /**
   * Replaces all usage of everybody on every day, of all kinds, as when OpenAI revises days or drops rows. `ofKinds` is that of
   * other kinds than completions.
   */
  replaceUsage(usage: readonly AddedUsage[], ofKinds: readonly AddedKindUsage[] = []): void {
    this.isUsageReplaced = true
    this.addedUsage.clear()
    for (const row of usage) this.addUsage(row)
    this.addedKindUsage.splice(0, Infinity, ...ofKinds)
  }

  /** Adds usage of another kind than completions, besides the company's own. All of it is at midnight. */
  addKindUsage(usage: AddedKindUsage): void {
    this.addedKindUsage.push(usage)
  }

  /** Adds a cost to a day, besides those of the usage. All of it is at midnight. */
  addCost({ day, ...cost }: SimulatedCost & { readonly day: string }): void {
    const number = dayNumberOf(Date.parse(day))
    this.addedCosts.set(number, [...(this.addedCosts.get(number) ?? []), cost])
  }

  /** Replaces all costs on every day, also those of the usage. */
  replaceCosts(costs: readonly (SimulatedCost & { readonly day: string })[]): void {
    this.areCostsReplaced = true
    this.addedCosts.clear()
    for (const cost of costs) this.addCost(cost)
  }

  /** The costs that were added to the day of an instant. */
  costsOn(ms: number): readonly SimulatedCost[] {
    return this.addedCosts.get(dayNumberOf(ms)) ?? []
  }

  /** Everybody in the directory at an instant, in the order of hiring. */
  usersAt(now: Date): SimulatedUser[] {
    const day = dayNumberOf(now)
    if (this.directory?.day !== day) this.directory = { day, users: this.directoryOn(day) }
    return [...this.directory.users]
  }

  /** The same people in an order that changes daily. */
  shuffledUsersAt(now: Date): SimulatedUser[] {
    const day = dayNumberOf(now)
    const places = this.usersAt(now).map((user) => ({ user, place: chance(this.seed, user.id, day) }))
    return places.toSorted((left, right) => left.place - right.place).map(({ user }) => user)
  }

  /**
   * Usage between two instants of one UTC day, as known at `now`. Today's usage covers only the time so far. A few
   * figures are revised once, two days later.
   */
  rowsOf(fromMs: number, toMs: number, now: Date): SimulatedRow[] {
    const { span, isWithMidnight } = spanOf(fromMs, toMs, now)
    const added = isWithMidnight ? this.addedRowsOn(span.day) : []
    if (span.to <= span.from || this.isUsageReplaced) return added
    const rows = this.habitsOn(span.day).flatMap((habit) => rowsOf(habit, span))
    return [...rows, ...added]
  }

  /** The same of another kind than completions. */
  kindRowsOf(kind: SimulatedKind, fromMs: number, toMs: number, now: Date): SimulatedKindRow[] {
    const { span, isWithMidnight } = spanOf(fromMs, toMs, now)
    const added = isWithMidnight ? this.addedKindRowsOn(kind.name, span.day) : []
    if (span.to <= span.from || this.isUsageReplaced) return added
    // Without people there is no company, and nothing is stored in its projects.
    const people = this.holdersOn(span.day).length === 0 ? [] : this.habitsOn(span.day)
    return people.length === 0 ? added : [...kindRowsOf(kind, people, span), ...added]
  }

  private directoryOn(day: number): SimulatedUser[] {
    const own = this.isReplaced ? [] : this.holdersOn(day).map((holder) => userOf(this.seed, holder, day))
    const kept = own.filter((user) => !this.removed.has(user.id) && !this.added.has(user.id))
    return [...kept, ...this.added.values()]
  }

  private holdersOn(day: number): Holder[] {
    const isThere = (holder: Holder) => holder.joinsOn <= day && day < holder.leavesOn
    if (this.holders?.day !== day) {
      const previous = this.holders?.list ?? []
      const list = Array.from({ length: this.size }, (_, index) => {
        const known = previous[index]
        return known !== undefined && isThere(known) ? known : holderOf(this.seed, index, day)
      })
      this.holders = { day, list }
    }
    return this.holders.list.filter((holder) => isThere(holder))
  }

  /** Everybody who was there on a day, and users whose usage belongs to nobody in the directory. */
  private habitsOn(day: number): Habit[] {
    const people = this.holdersOn(day).map(({ id }) => this.habit(id))
    return [...people, this.habit(null, 0.9), this.habit('user-leftlongago', 0.6)]
  }

  private habit(userId: string | null, keenness?: number): Habit {
    const known = this.habits.get(userId ?? '')
    if (known !== undefined) return known
    const habit = habitOf(this.seed, userId, keenness)
    this.habits.set(userId ?? '', habit)
    return habit
  }

  private addedRowsOn(day: number): SimulatedRow[] {
    const usage = this.addedUsage.get(day) ?? []
    return usage.map((row) => ({ ...row, projectId: 'proj_search', apiKeyId: `key_${row.userId}` }))
  }

  private addedKindRowsOn(kind: string, day: number): SimulatedKindRow[] {
    return this.addedKindUsage
      .filter((row) => row.kind === kind && dayNumberOf(Date.parse(row.day)) === day)
      .map((row) => ({ ...row, projectId: 'proj_search', apiKeyId: `key_${row.userId}` }))
  }
}

/** The part of a day between two instants, as far as it has passed. */
function spanOf(fromMs: number, toMs: number, now: Date): { readonly span: Span; readonly isWithMidnight: boolean } {
  const day = dayNumberOf(fromMs)
  const midnight = day * MS_PER_DAY
  const span = {
    day,
    from: shareOfDay(fromMs - midnight, MS_PER_DAY),
    to: shareOfDay(Math.min(toMs, now.getTime()) - midnight, MS_PER_DAY),
    daysAgo: dayNumberOf(now) - day,
  }
  return { span, isWithMidnight: fromMs === midnight && span.daysAgo >= 0 }
}
