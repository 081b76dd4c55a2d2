import { LRU } from 'tiny-lru'
import { CostViews } from '../../../shared/data-sets/costs/cost-views.ts'
import { type OwnerCost, ownerCosts } from '../../../shared/data-sets/costs/owner-costs.ts'
import type { DaySeries } from '../../../shared/data-sets/data-set.ts'
import { rowBytesOf } from '../../../shared/data-sets/day-series/day-rows.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import {
  byDay,
  byPerson,
  type DaySum,
  type PersonSum,
  summedOverPeople,
} from '../../../shared/data-sets/day-series/series-view.ts'
import { type DirectoryUser, UserDerivation, usersIn } from '../../../shared/data-sets/directory/directory-user.ts'
import type { DirectoryRules } from '../../../shared/data-sets/directory/directory-rules.ts'
import {
  filterUsers,
  type UsersFilter,
  usersOrder,
  type UsersSort,
} from '../../../shared/data-sets/directory/users-query.ts'
import { sortItems } from '../../../shared/data-sets/sorted-list.ts'
import { type KeysAsOf, type OwnedKey, ownedKeys } from '../../../shared/data-sets/keys/owned-key.ts'
import type { Snapshot } from '../../../shared/data-sets/snapshot.ts'
import type { FindingThresholds } from '../../../shared/domain/finding.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { StoredSummary } from '../../../shared/storage/summary-parts.ts'
import type { SeriesData } from './series-answers.ts'

/** Each list has references to the users, not copies: 80 KB for 10,000 users. */
const LISTS_KEPT = 24
const RANGES_KEPT = 24

/**
 * The memory of a person: as stored, as a user, in the table's index, and in all cached lists. Measured as the growth of
 * `heapUsed` and `arrayBuffers` after garbage collection, with 20 snapshots of 3,000 simulated people, in Node 24: 650 bytes
 * once loaded, 1,050 with every order and 24 filters used. Each project of a person added 110.
 */
const BYTES_A_PERSON = 1_100
const BYTES_A_PROJECT = 110
/** The memory of a key, as stored (610) and as shown (400), measured in the same way with 20,000. An invitation takes less. */
const BYTES_AN_ITEM = 1_010
/** The memory of somebody's last sign-in, measured in the same way with 100,000: 64. */
const BYTES_A_LOGIN = 100
/** The memory of a summary for each character of its text, measured in the same way with 100 of 1,000 people: 1.4 once read, 1.8 when all is derived. */
const BYTES_A_CHARACTER = 2
/** What a snapshot takes besides: measured in the same way with 1,000 snapshots of one person, loaded and asked. */
const BYTES_A_SNAPSHOT = 10_000

/** A snapshot in memory. Values that several answers need are computed on first use and cached with it. */
export class LoadedSnapshot {
  readonly snapshot: Snapshot
  /** With the company domains. */
  readonly derivation: UserDerivation
  /** An estimate of its memory. */
  readonly bytes: number
  private allUsers: readonly DirectoryUser[] | undefined
  private views: CostViews | undefined
  private readonly rules: DirectoryRules
  private readonly thresholds: FindingThresholds
  private readonly orders = new LRU<readonly DirectoryUser[]>(LISTS_KEPT)
  private readonly selections = new LRU<readonly DirectoryUser[]>(LISTS_KEPT)
  private readonly days = new LRU<readonly DaySum[]>(RANGES_KEPT)
  /** A later reading that found the same keys can find more of them expired. */
  private readonly keyLists = new LRU<readonly OwnedKey[]>(1)
  private readonly sums = new Map<DayTable, DayTable>()

  /** With the rules of its provider, and the thresholds of findings about keys. */
  constructor(
    snapshot: Snapshot | StoredSummary,
    companyDomains: readonly string[],
    rules: DirectoryRules,
    thresholds: FindingThresholds,
  ) {
    this.snapshot = snapshot
    this.rules = rules
    this.thresholds = thresholds
    this.derivation = new UserDerivation(snapshot, companyDomains, rules, () => this.costs)
    this.bytes = bytesOf(snapshot)
  }

  /** Everybody, sorted by id. */
  get users(): readonly DirectoryUser[] {
    this.allUsers ??= usersIn(this.snapshot, this.derivation)
    return this.allUsers
  }

  get costs(): CostViews {
    this.views ??= new CostViews(this.snapshot)
    return this.views
  }

  /** The table of a series. Throws for an unregistered series. */
  table({ id }: DaySeries): DayTable {
    const tables: Readonly<Record<string, DayTable>> = this.snapshot.series
    const table = tables[id]
    if (table === undefined) throw new Error(`There is no series ${id}.`)
    return table
  }

  /** The same table without its people: enough for answers by day, by dimension, or in total. */
  summed<Series extends DaySeries>(table: DayTable<Series>): DayTable<Series> {
    const sums = this.sums.get(table) ?? summedOverPeople(table)
    this.sums.set(table, sums)
    // The sums of a table are of its series, but the type of the map does not say so.
    return sums as DayTable<Series>
  }

  /** The keys as of their reading. Empty if they were never read. */
  keys(asOf: KeysAsOf): readonly OwnedKey[] {
    const { lists, people } = this.snapshot
    return cached(this.keyLists, asOf.syncedAt, () => ownedKeys(lists.keys ?? [], people, asOf, this.thresholds))
  }

  byDay(series: DaySeries, range: Window): readonly DaySum[] {
    return cached(this.days, `${series.id} ${range.from} ${range.to}`, () =>
      byDay(this.summed(this.table(series)), range),
    )
  }

  byPerson(table: DayTable, range: Window): PersonSum[] {
    return byPerson(table, this.snapshot.people, range, this.rules)
  }

  /** The costs of a range by person. */
  costsByPerson(costs: CostViews, range: Window): PersonSum[] {
    return byPerson(costs.ofPeople, this.snapshot.people, range, this.rulesOfOwners(costs))
  }

  /** The costs of a range by owner, without those that add up to nothing. Several owners have no place. */
  ownerCosts(costs: CostViews, range: Window): OwnerCost[] {
    return ownerCosts(costs, this.snapshot.people, range, this.rulesOfOwners(costs))
  }

  private rulesOfOwners(costs: CostViews): DirectoryRules {
    return { ...this.rules, ownerKindOfId: (id) => costs.kindOfOwner(id) ?? this.rules.ownerKindOfId(id) }
  }

  /** What answers about a series are made from. */
  dataOf(series: DaySeries): SeriesData {
    return {
      window: this.table(series).window,
      summed: this.summed(this.table(series)),
      byDay: (range) => this.byDay(series, range),
      byPerson: (range) => this.byPerson(this.table(series), range),
      daysToAddUp: (range) => range,
    }
  }

  /** The users that match a filter, sorted. They are cached, since all pages of a list need the same ones. */
  usersBy(filter: UsersFilter, sort: UsersSort): readonly DirectoryUser[] {
    const { q, role, excludeRole, owner, seat, license, accountStatus, kind, idleDays } = filter
    // The type requires every field: two filters must not share a cache entry.
    const told: Record<keyof UsersFilter, unknown> = {
      q,
      role,
      excludeRole,
      owner,
      seat,
      license,
      accountStatus,
      kind,
      idleDays,
    }
    const asked = JSON.stringify([told, sort.field, sort.descending])
    const { window } = this.snapshot.series.usage
    return cached(this.selections, asked, () => filterUsers(this.sortedUsers(sort), filter, window))
  }

  private sortedUsers(sort: UsersSort): readonly DirectoryUser[] {
    return cached(this.orders, `${sort.field} ${sort.descending}`, () => sortItems(this.users, usersOrder(sort)))
  }
}

function bytesOf(snapshot: Snapshot | StoredSummary): number {
  if ('characters' in snapshot) return BYTES_A_SNAPSHOT + snapshot.characters * BYTES_A_CHARACTER
  const {
    people,
    series,
    lists: { logins, ...lists },
  } = snapshot
  const ofTables = Object.values(series).reduce((sum, { rows }) => sum + rowBytesOf(rows), 0)
  const projects = people.reduce((sum, person) => sum + (person.projects?.length ?? 0), 0)
  const items = Object.values(lists).reduce((sum, list) => sum + (list?.length ?? 0), 0)
  const ofPeople = people.length * BYTES_A_PERSON + projects * BYTES_A_PROJECT
  const ofLists = items * BYTES_AN_ITEM + (logins?.length ?? 0) * BYTES_A_LOGIN
  return BYTES_A_SNAPSHOT + ofTables + ofPeople + ofLists
}

/** Returns the cached value of a key. A missing one is created and cached. */
function cached<Value extends object>(cache: LRU<Value>, key: string, make: () => Value): Value {
  const kept = cache.get(key)
  if (kept !== undefined) return kept
  const made = make()
  cache.set(key, made)
  return made
}
