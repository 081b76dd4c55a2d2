import { newIntegration, type Integration } from '../shared/integrations/integration.ts'
import { syncCountsOf, type WireSync } from '../shared/contracts/sync-contract.ts'
import type { Sync } from '../shared/integrations/sync.ts'
import { itemsByList } from '../shared/data-sets/by-list.ts'
import { type SeriesTables, tablesBySeries, totalsOf } from '../shared/data-sets/by-series.ts'
import type { DaySeries } from '../shared/data-sets/data-set.ts'
import type { DayTable, RowSpan } from '../shared/data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../shared/data-sets/day-series/day-table-builder.ts'
import type { SnapshotPerson } from '../shared/data-sets/directory/directory-person.ts'
import type { DirectoryRules } from '../shared/data-sets/directory/directory-rules.ts'
import type { Snapshot } from '../shared/data-sets/snapshot.ts'
import { usage, type UsageAmounts, type UsageRow, type UsageTable } from '../shared/data-sets/usage/usage.ts'
import type { Window } from '../shared/domain/window.ts'

/** An active person of acme.example whose only claim to a seat is their domain. */
export function aPerson(overrides: Partial<SnapshotPerson> = {}): SnapshotPerson {
  const userId = overrides.userId ?? 'ana'
  return {
    userId,
    kind: 'person',
    email: `${userId}@acme.example`,
    name: userId,
    role: 'reader',
    accountStatus: 'active',
    scimManaged: false,
    addedAt: '2026-01-01T00:00:00.000Z',
    apiKeyLastUsedAt: null,
    projects: null,
    removedAt: null,
    ...overrides,
  }
}

export const WINDOW: Window = { from: '2026-09-26', to: '2026-11-24' }

export function aRow(overrides: Partial<UsageRow> = {}): UsageRow {
  return {
    day: '2026-11-24',
    userId: 'ana',
    model: 'gpt-5',
    requests: 1,
    inputTokens: 10,
    cachedInputTokens: 2,
    outputTokens: 5,
    ...overrides,
  }
}

export function aTable(rows: readonly UsageRow[], window: Window = WINDOW): UsageTable {
  const table = new DayTableBuilder(usage, window)
  for (const row of rows) table.add(row)
  return table.build()
}

/** A snapshot of these people with these rows of usage. */
export function aSnapshot(people: readonly SnapshotPerson[], rows: readonly UsageRow[] = []): Snapshot {
  return { people, series: { ...emptySeries(), usage: aTable(rows) }, lists: NO_LISTS }
}

/** Lists that were never read. */
export const NO_LISTS = itemsByList(() => null)

/** A table without rows for each series. */
export function emptySeries(window: Window = WINDOW): SeriesTables {
  return tablesBySeries((series) => new DayTableBuilder<DaySeries>(series, window).build())
}

/** What a sync counted. All other counts are 0. */
export function counts(some: Partial<WireSync['read']>): WireSync['read'] {
  return { ...syncCountsOf(() => 0), ...some }
}

/** How much a sync found changed, by data set. */
export function writtenBy(sync: Sync | null): Record<string, number> {
  return Object.fromEntries(Object.entries(sync?.dataSets ?? {}).map(([id, { written }]) => [id, written]))
}

/** A user's total of each measure: 0. */
export const NO_AMOUNTS = totalsOf(emptySeries(), () => ({ from: 0, to: 0 }))

/** All rows of a usage table. */
export function rowsIn(table: DayTable, { from, to }: RowSpan = table.all): UsageRow[] {
  return Array.from({ length: to - from }, (_, index) => {
    const row = from + index
    const amounts = table.amountsAt(row)
    const count = (name: keyof UsageAmounts) => Number(amounts[name] ?? 0)
    return {
      day: table.dayAt(row),
      userId: table.userAt(row),
      model: table.labelAt(row, 0),
      requests: count('requests'),
      inputTokens: count('inputTokens'),
      cachedInputTokens: count('cachedInputTokens'),
      outputTokens: count('outputTokens'),
    }
  })
}

/** One user's rows of a usage table. */
export function rowsOf(table: DayTable, userId: string | null): UsageRow[] {
  return rowsIn(table, table.spanOf(userId))
}

/** Points to a summary without parts. */
export const NO_SUMMARY = { generation: 'summary.none', parts: 0 }

export const ORG = '01K0000000000000000000ORG0'

/** The provider-specific part of the directory's rules. */
export const RULES: DirectoryRules = {
  ownerRoles: ['owner'],
  ownerKindOfId: (userId) => {
    if (userId.startsWith('apikey_')) return 'key'
    return userId.startsWith('svc_acct_') ? 'service_account' : 'person'
  },
}

/** A connected organization that was never synced. */
export function anIntegration(overrides: Partial<Integration> = {}): Integration {
  const integration = newIntegration({
    id: ORG,
    provider: 'openai',
    name: 'Acme',
    keyHint: 'abcd',
    keyExpiresAt: null,
    companyDomains: [],
    schedule: null,
    simulated: false,
    createdAt: '2026-11-24T09:00:00.000Z',
  })
  return { ...integration, lifecycle: 'visible', ...overrides }
}
