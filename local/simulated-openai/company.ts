import { AuditLog } from './audit-log.ts'
import type { SimulatedCost } from './cost-rows.ts'
import { ownProjects, type SimulatedProject } from './project-keys.ts'
import { Directory } from '../simulation/directory.ts'
import { KeptRows } from '../simulation/kept-rows.ts'
import { keyOfSpan, spanOf } from '../simulation/span.ts'
import { type SimulatedUser, userOf } from './person.ts'
import { type Habit, habitOf, rowsOf, type SimulatedRow } from './usage-rows.ts'
import { kindRowsOf, type SimulatedKind, type SimulatedKindRow } from './usage-kinds.ts'
import { dayNumberOf } from '../simulation/utc.ts'

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
  private readonly seed: string
  private readonly directory: Directory<SimulatedUser>
  private projects: readonly SimulatedProject[] | undefined
  /** By day number. */
  private readonly addedUsage = new Map<number, AddedUsage[]>()
  private readonly addedKindUsage: AddedKindUsage[] = []
  /** By day number. */
  private readonly addedCosts = new Map<number, SimulatedCost[]>()
  private isUsageReplaced = false
  /** Whether usage costs nothing: all costs are those that were added. */
  areCostsReplaced = false
  readonly auditLog: AuditLog
  private readonly habits = new Map<string, Habit>()
  /** Of the company's own usage: each report of costs needs all of it again. */
  private readonly kept = new KeptRows<SimulatedRow>()
  private readonly keptOfKinds = new KeptRows<SimulatedKindRow>()
  /** The projects without replacement, of these users. */
  private ownProjects:
    { readonly users: readonly SimulatedUser[]; readonly list: readonly SimulatedProject[] } | undefined

  constructor({ seed, members }: { seed: string; members: number }) {
    this.seed = seed
    this.auditLog = new AuditLog(seed)
    this.directory = new Directory({
      seed,
      positions: Array.from({ length: members }, (_, index) => index),
      userOf: (holder, day) => userOf(seed, holder, day),
    })
  }

  /** Removes a person from the directory. Their usage stays. */
  remove(userId: string): void {
    this.directory.remove(userId)
  }

  /** Adds a person to the directory, replacing one with the same id. They have no usage unless it is added. */
  add(person: AddedPerson): void {
    this.directory.add(addedUser(person))
  }

  /** Replaces the whole directory. The usage of former people stays. */
  replaceAll(people: readonly AddedPerson[]): void {
    this.directory.replaceAll(people.map((person) => addedUser(person)))
  }

  /** Replaces all projects and their keys. */
  replaceProjects(projects: readonly SimulatedProject[]): void {
    this.projects = projects
  }

  /** All projects, archived ones too, with their keys. */
  projectsAt(now: Date): readonly SimulatedProject[] {
    if (this.projects !== undefined) return this.projects
    const users = this.directory.usersAt(now)
    if (this.ownProjects?.users !== users) this.ownProjects = { users, list: ownProjects(this.seed, users, now) }
    return this.ownProjects.list
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
  usersAt(now: Date): readonly SimulatedUser[] {
    return this.directory.usersAt(now)
  }

  /** The same people in an order that changes daily. */
  shuffledUsersAt(now: Date): SimulatedUser[] {
    return this.directory.shuffledUsersAt(now)
  }

  /**
   * Usage between two instants of one UTC day, as known at `now`. Today's usage covers only the time so far. A few
   * figures are revised once, two days later.
   */
  rowsOf(fromMs: number, toMs: number, now: Date): readonly SimulatedRow[] {
    const { span, isWithMidnight } = spanOf(fromMs, toMs, now)
    const added = isWithMidnight ? this.addedRowsOn(span.day) : []
    if (span.to <= span.from || this.isUsageReplaced) return added
    const rows = this.kept.rowsOf(keyOfSpan(span), () =>
      this.habitsOn(span.day).flatMap((habit) => rowsOf(habit, span)),
    )
    return added.length === 0 ? rows : [...rows, ...added]
  }

  /** The same of another kind than completions. */
  kindRowsOf(kind: SimulatedKind, fromMs: number, toMs: number, now: Date): readonly SimulatedKindRow[] {
    const { span, isWithMidnight } = spanOf(fromMs, toMs, now)
    const added = isWithMidnight ? this.addedKindRowsOn(kind.name, span.day) : []
    if (span.to <= span.from || this.isUsageReplaced) return added
    const rows = this.keptOfKinds.rowsOf(`${kind.name} ${keyOfSpan(span)}`, () => {
      // Without people there is no company, and nothing is stored in its projects.
      const isEmpty = this.directory.holdersOn(span.day).length === 0
      return isEmpty ? [] : kindRowsOf(kind, this.habitsOn(span.day), span)
    })
    return added.length === 0 ? rows : [...rows, ...added]
  }

  /** Everybody who was there on a day, and users whose usage belongs to nobody in the directory. */
  private habitsOn(day: number): Habit[] {
    const people = this.directory.holdersOn(day).map(({ id }) => this.habit(id))
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

function addedUser(person: AddedPerson): SimulatedUser {
  return { added_at: 1_767_225_600, ...person, object: 'organization.user' }
}
