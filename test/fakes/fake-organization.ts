import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import type { Day } from '../../shared/domain/day.ts'
import { adviceFor, ProviderError, type ProviderProblemCode } from '../../shared/domain/problem.ts'
import { UsageTableBuilder } from '../../shared/data-sets/usage/usage-table-builder.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage-table.ts'
import { isWithin, type Window } from '../../shared/domain/window.ts'
import type { KeyCheck, Organization, UsageReading } from '../../shared/providers/organization.ts'

const DATASETS = ['directory', 'usage'] as const

/** An organization in memory, for tests of code above it. Its fields can change between syncs. */
export class FakeOrganization implements Organization {
  people: DirectoryPerson[] = []
  rows: UsageRow[] = []
  /** Days that its usage pages omit. */
  daysLeftOut: Day[] = []
  /** Thrown by every read while set. */
  failsWith: ProviderProblemCode | null = null
  /** When the key expires, as OpenAI reports it. */
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

  async readUsage(window: Window): Promise<UsageReading> {
    this.throwIfFailing('usage')
    const table = new UsageTableBuilder(window)
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
