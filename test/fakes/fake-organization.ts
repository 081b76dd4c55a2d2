import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import type { Day } from '../../shared/domain/day.ts'
import { adviceFor, ProviderError, type ProviderProblemCode } from '../../shared/domain/problem.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { usage, type UsageRow } from '../../shared/data-sets/usage/usage.ts'
import { isWithin, type Window } from '../../shared/domain/window.ts'
import type { KeyCheck, Organization, SeriesReader, SeriesReading } from '../../shared/providers/organization.ts'

const DATASETS = ['directory', 'usage'] as const

/** An organization held in memory, for tests of what is built on top of one. Change its fields between syncs. */
export class FakeOrganization implements Organization {
  /** What reads its series; a test can add to them. */
  readonly series: Record<string, SeriesReader> = { usage: { read: (window) => this.readUsage(window) } }
  people: DirectoryPerson[] = []
  rows: UsageRow[] = []
  /** Days that its pages of usage leave out. */
  daysLeftOut: Day[] = []
  /** What every read throws, while set. */
  failsWith: ProviderProblemCode | null = null
  /** When the key expires, as far as OpenAI says. */
  keyExpiresAt: string | null = null
  /** Awaited in the middle of every directory read. */
  whileReading: () => Promise<void> = () => Promise.resolve()

  async readDirectory(): Promise<DirectoryPerson[]> {
    await this.whileReading()
    this.throwIfFailing('directory')
    return this.people
  }

  async readFirstPage(): Promise<DirectoryPerson[]> {
    this.throwIfFailing('directory')
    return this.people.slice(0, 100)
  }

  private async readUsage(window: Window): Promise<SeriesReading> {
    this.throwIfFailing('usage')
    const table = new DayTableBuilder(usage, window)
    const rows = this.rows.filter((row) => isWithin(row.day, window))
    for (const row of rows) table.add(row)
    return { table: table.build(), rows: rows.length, daysLeftOut: this.daysLeftOut }
  }

  async checkKey(): Promise<KeyCheck> {
    const code = this.failsWith
    const checks = DATASETS.map((dataset) => ({
      dataset,
      ok: code === null,
      code,
      detail: code === null ? null : adviceFor(code, dataset),
    }))
    return { valid: code === null, keyExpiresAt: this.keyExpiresAt, checks }
  }

  private throwIfFailing(dataset: 'directory' | 'usage'): void {
    if (this.failsWith !== null) throw new ProviderError(this.failsWith, dataset)
  }
}
