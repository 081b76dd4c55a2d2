import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import type { Day } from '../../shared/domain/day.ts'
import { ProviderError, type ProviderProblemCode } from '../../shared/domain/problem.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { bySeries } from '../../shared/data-sets/by-series.ts'
import type { DaySeries, ListDataSet } from '../../shared/data-sets/data-set.ts'
import { LISTS } from '../../shared/data-sets/registry.ts'
import { costs, type CostRow } from '../../shared/data-sets/costs/costs.ts'
import { usage, type UsageRow } from '../../shared/data-sets/usage/usage.ts'
import { isWithin, type Window } from '../../shared/domain/window.ts'
import type { KeyDescription } from '../../shared/providers/check-key.ts'
import type { ListReader, Organization, SeriesReader, SeriesReading } from '../../shared/providers/provider.ts'

/** An organization in memory, for tests of code above it. Its fields can change between syncs. */
export class FakeOrganization implements Organization {
  people: DirectoryPerson[] = []
  rows: UsageRow[] = []
  costRows: CostRow[] = []
  /** Days that its usage pages omit. */
  daysLeftOut: Day[] = []
  /** Thrown by every read while set. */
  failsWith: ProviderProblemCode | null = null
  /** The key, as the provider describes it. */
  key: KeyDescription = { expiresAt: null, organization: null }
  /** Awaited in the middle of every directory read. */
  whileReading: () => Promise<void> = () => Promise.resolve()

  readonly directory = {
    check: async () => this.throwIfFailing('directory'),
    read: async () => {
      await this.whileReading()
      this.throwIfFailing('directory')
      return this.people
    },
    readFirstPage: async () => {
      this.throwIfFailing('directory')
      return this.people.slice(0, 100)
    },
  }

  /** All registered series. Those beside usage and costs are empty. Tests can replace them and add more. */
  readonly series: Record<string, SeriesReader> = {
    ...bySeries((series) => ({
      check: async () => this.throwIfFailing(series.id),
      read: async (window: Window) => this.readEmpty(series, window),
    })),
    usage: {
      check: async () => this.throwIfFailing('usage'),
      read: async (window) => this.readUsage(window),
    },
    costs: {
      check: async () => this.throwIfFailing('costs'),
      read: async (window) => this.readCosts(window),
    },
  }

  /** The items of the lists beside the directory, by id. Those that are missing are empty. */
  items: Readonly<Record<string, readonly unknown[]>> = {}

  /** All registered lists. Tests can replace them and add more. */
  readonly lists: Record<string, ListReader> = Object.fromEntries(
    LISTS.map(({ id }: ListDataSet) => [
      id,
      {
        check: async () => this.throwIfFailing(id),
        read: async () => {
          this.throwIfFailing(id)
          const items = this.items[id] ?? []
          return { items, rows: items.length, isComplete: true }
        },
      },
    ]),
  )

  async identify() {
    return this.key.organization
  }

  async findKeyExpiry() {
    return this.key.expiresAt
  }

  private readUsage(window: Window): SeriesReading {
    this.throwIfFailing('usage')
    const table = new DayTableBuilder(usage, window)
    const rows = this.rows.filter((row) => isWithin(row.day, window))
    for (const row of rows) table.add(row)
    return { table: table.build(), rows: rows.length, daysLeftOut: this.daysLeftOut }
  }

  private readCosts(window: Window): SeriesReading {
    this.throwIfFailing('costs')
    const table = new DayTableBuilder(costs, window)
    const rows = this.costRows.filter((row) => isWithin(row.day, window))
    for (const row of rows) table.add(row)
    return { table: table.build(), rows: rows.length, daysLeftOut: [] }
  }

  private readEmpty(series: DaySeries, window: Window): SeriesReading {
    this.throwIfFailing(series.id)
    return { table: new DayTableBuilder(series, window).build(), rows: 0, daysLeftOut: [] }
  }

  private throwIfFailing(dataSet: string): void {
    if (this.failsWith !== null) throw new ProviderError(this.failsWith, dataSet)
  }
}
