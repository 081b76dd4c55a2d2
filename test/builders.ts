import { newIntegration, type Integration } from '../shared/integrations/integration.ts'
import type { SnapshotPerson } from '../shared/data-sets/snapshot.ts'
import { UsageTableBuilder } from '../shared/data-sets/usage/usage-table-builder.ts'
import type { UsageRow, UsageTable } from '../shared/data-sets/usage/usage-table.ts'
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
  const table = new UsageTableBuilder(window)
  for (const row of rows) table.add(row)
  return table.build()
}

export const ORG = '01K0000000000000000000ORG0'

/** A connected organization that was never synced. */
export function anIntegration(overrides: Partial<Integration> = {}): Integration {
  const integration = newIntegration({
    id: ORG,
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
