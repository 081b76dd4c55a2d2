import { expect } from '@jest/globals'
import { runSync } from '../../functions/sync/run-sync.ts'
import type { SyncDependencies } from '../../functions/sync/sync-dependencies.ts'
import { publishedGenerations } from '../../shared/integrations/integration.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { anIntegration, ORG } from '../builders.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

/** Two integrations of one organization, the one that was connected first and the other. */
export const [OLDER, YOUNGER] = [ORG, ORG.replace(/0$/, '1')]
/** The code with which one of them fails. */
export const REFUSED = 'organization_already_connected'

/** Two integrations of one organization that were never synced, and their first syncs, also step by step. */
export async function startFirstSyncs() {
  const bench = await startSyncBench()
  const people = Array.from({ length: 6 }, (_, index) => listed(`user-${index}`))
  bench.organization.people = people
  bench.organization.rows = [used('user-1', '2026-11-24', 3)]
  await connectBoth(bench)

  const sync = (integrationId: string, dependencies: SyncDependencies = bench.dependencies) => {
    const message = {
      kind: 'sync',
      integrationId,
      syncId: bench.nextId(),
      trigger: 'schedule',
      deliveryCount: 1,
    } as const
    return runSync(message, dependencies)
  }
  return {
    bench,
    sync,
    /** Both as if they had just been connected. */
    connectBoth: () => connectBoth(bench),
    outcomes: () => outcomesOf(bench),
    stepping: (integrationId: string) => stepping(bench, (dependencies) => sync(integrationId, dependencies)),
  }
}

export type FirstSyncs = Awaited<ReturnType<typeof startFirstSyncs>>

async function connectBoth(bench: SyncBench): Promise<void> {
  const { integrations, records, syncs, snapshots } = bench.dependencies
  for (const id of [OLDER, YOUNGER]) {
    const before = await integrations.findIntegration(id)
    for (const generation of publishedGenerations(before?.published ?? null))
      await snapshots.deleteSnapshot(id, generation)
    await records.deleteRecord(id, { from: '2026-11-24', to: '2026-11-24' })
    await syncs.deleteSyncs(id)
    await integrations.removeIntegration(id)
    await integrations.createIntegration(anIntegration({ id, name: id === OLDER ? 'Older' : 'Younger' }))
  }
}

/** The outcome of each: `published`, or the code it failed with, which is also its problem. */
async function outcomesOf(bench: SyncBench): Promise<string[]> {
  const integrations = await bench.dependencies.integrations.listIntegrations()
  return integrations.map(({ published, problem, lastSync }) => {
    if (published !== null) return 'published'
    expect(lastSync).toMatchObject({ state: 'failed', problem: { code: problem?.code } })
    return problem?.code ?? 'no problem'
  })
}

/**
 * A sync that stops before it reads or writes anything that other integrations depend on, and continues step by step.
 */
function stepping(bench: SyncBench, start: (dependencies: SyncDependencies) => ReturnType<typeof runSync>) {
  let arrival = Promise.withResolvers<void>()
  let goOn = () => {}
  let hasEnded = false
  const gate = () => {
    const opened = Promise.withResolvers<void>()
    goOn = opened.resolve
    arrival.resolve()
    return opened.promise
  }
  const ended = start({ ...bench.dependencies, ...gatedRepositories(bench, gate) }).finally(() => {
    hasEnded = true
  })
  return {
    /** Ends when it has come to the next stop, or to its end. */
    step: async () => {
      if (hasEnded) return
      await Promise.race([arrival.promise, ended])
      arrival = Promise.withResolvers()
      goOn()
      await Promise.race([arrival.promise, ended])
    },
    hasEnded: () => hasEnded,
    ended,
  }
}

function gatedRepositories({ table }: SyncBench, gate: () => Promise<void>) {
  class GatedIntegrations extends IntegrationRepository {
    override async listIntegrations() {
      await gate()
      return super.listIntegrations()
    }
    override async updateIntegration(...args: Parameters<IntegrationRepository['updateIntegration']>) {
      await gate()
      return super.updateIntegration(...args)
    }
  }
  class GatedRecords extends RecordRepository {
    override async findMembers(...args: Parameters<RecordRepository['findMembers']>) {
      await gate()
      return super.findMembers(...args)
    }
    override async writeUsers(...args: Parameters<RecordRepository['writeUsers']>) {
      await gate()
      return super.writeUsers(...args)
    }
  }
  return { integrations: new GatedIntegrations(table), records: new GatedRecords(table) }
}
