import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { queueSync } from '../../shared/integrations/sync-slot.ts'
import type { SyncTrigger } from '../../shared/integrations/sync.ts'
import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage.ts'
import type { Logger } from '../../shared/ports/logger.ts'
import { AcceptanceRepository } from '../../shared/storage/acceptances.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { OutcomeRepository } from '../../shared/storage/outcomes.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import type { SyncDependencies } from '../../functions/sync/sync-dependencies.ts'
import { runSync } from '../../functions/sync/run-sync.ts'
import { anIntegration, aPerson, ORG } from '../builders.ts'
import { FakeOrganization } from '../fakes/fake-organization.ts'
import { FakeQueue } from '../fakes/fake-queue.ts'
import { startLocalTable } from '../storage/local-table.ts'

/**
 * Everything a sync needs, on a real table, with a clock that the test controls and an organization that it changes.
 * Purges and comparisons with the record query the table for each of `windowDays`, so few days make them fast.
 */
export async function startSyncBench({
  windowDays = 60,
  optionalDataSets = [],
}: { windowDays?: number; optionalDataSets?: readonly string[] } = {}) {
  const local = await startLocalTable()
  const clock = { now: new Date('2026-11-24T10:00:00.000Z') }
  const organization = new FakeOrganization()
  const stored = { keyVersion: 1, isMissing: false }
  const queue = new FakeQueue()
  let lastId = 0
  const dependencies: SyncDependencies = {
    integrations: new IntegrationRepository(local.table),
    syncs: new SyncRepository(local.table),
    snapshots: new SnapshotRepository(local.table),
    records: new RecordRepository(local.table),
    acceptances: new AcceptanceRepository(local.table),
    outcomes: new OutcomeRepository(local.table),
    keys: {
      findKey: async () => {
        if (stored.isMissing) return undefined
        return { key: new AdminApiKey('sk-admin-test-0000abcd'), keyVersion: stored.keyVersion }
      },
    },
    queue,
    openOrganization: async () => organization,
    now: () => clock.now,
    windowDays,
    keepRemovedDays: 60,
    optionalDataSets,
    leaseMs: 900_000,
    logger: silent,
  }
  await dependencies.integrations.createIntegration(anIntegration())
  const nextId = () => `01K00000000000000000${String((lastId += 1)).padStart(6, '0')}`
  const sync = (options: { trigger?: SyncTrigger; syncId?: string; deliveryCount?: number } = {}) =>
    runSync(
      {
        kind: 'sync',
        integrationId: ORG,
        syncId: options.syncId ?? nextId(),
        trigger: options.trigger ?? 'schedule',
        deliveryCount: options.deliveryCount ?? 1,
      },
      dependencies,
    )
  return {
    ...local,
    clock,
    organization,
    stored,
    messages: queue.messages,
    dependencies,
    nextId,
    sync,
    advance: (ms: number) => (clock.now = new Date(clock.now.getTime() + ms)),
    integration: () => dependencies.integrations.getIntegration(ORG),
    queue: (trigger: SyncTrigger, id: string) =>
      dependencies.integrations.updateIntegration(ORG, (current) =>
        queueSync(current, { id, trigger, now: clock.now }),
      ),
    published: async () => {
      const { published } = await dependencies.integrations.getIntegration(ORG)
      if (published === null) throw new Error('nothing is published')
      return dependencies.snapshots.readSnapshot(ORG, published)
    },
  }
}

export type SyncBench = Awaited<ReturnType<typeof startSyncBench>>

const silent: Logger = { info() {}, warn() {}, error() {} }

/** Somebody as the directory lists them. */
export function listed(userId: string, overrides: Partial<DirectoryPerson> = {}): DirectoryPerson {
  const { removedAt: _notListed, ...person } = aPerson({ userId, ...overrides })
  return person
}

export function used(userId: string | null, day: string, requests: number, model = 'gpt-5'): UsageRow {
  return {
    userId,
    day,
    model,
    requests,
    inputTokens: requests * 10,
    cachedInputTokens: requests,
    outputTokens: requests * 2,
  }
}
