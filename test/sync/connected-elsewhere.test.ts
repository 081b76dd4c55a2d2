import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { publishedGenerations } from '../../shared/integrations/integration.ts'
import * as fc from 'fast-check'
import { runSync } from '../../functions/sync/run-sync.ts'
import type { SyncDependencies } from '../../functions/sync/sync-dependencies.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { anIntegration, ORG } from '../builders.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

/*
 * “…and by a first sync before it publishes (two connected at once): it then fails with that code, action required.”
 */

const [OLDER, YOUNGER] = [ORG, ORG.replace(/0$/, '1')]

let bench: SyncBench
beforeEach(async () => {
  bench = await startSyncBench()
  const people = Array.from({ length: 6 }, (_, index) => listed(`user-${index}`))
  bench.organization.people = people
  bench.organization.rows = [used('user-1', '2026-11-24', 3)]
  await connectBoth()
})
afterEach(() => bench.close())

/** Both connected, and neither ever synced. */
async function connectBoth(): Promise<void> {
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

function sync(integrationId: string, dependencies: SyncDependencies = bench.dependencies) {
  const message = {
    kind: 'sync',
    integrationId,
    syncId: bench.nextId(),
    trigger: 'schedule',
    deliveryCount: 1,
  } as const
  return runSync(message, dependencies)
}

/** The outcome of each: `published`, or the code it failed with, which is also its problem. */
async function outcomes(): Promise<string[]> {
  const integrations = await bench.dependencies.integrations.listIntegrations()
  return integrations.map(({ published, problem, lastSync }) => {
    if (published !== null) return 'published'
    expect(lastSync).toMatchObject({ state: 'failed', problem: { code: problem?.code } })
    return problem?.code ?? 'no problem'
  })
}

const REFUSED = 'organization_already_connected'

/**
 * A sync that stops before it reads or writes anything that other integrations depend on, and continues step by step.
 */
function stepping(integrationId: string) {
  let arrival = Promise.withResolvers<void>()
  let goOn = () => {}
  let hasEnded = false
  const gate = () => {
    const opened = Promise.withResolvers<void>()
    goOn = opened.resolve
    arrival.resolve()
    return opened.promise
  }
  class SteppingIntegrations extends IntegrationRepository {
    override async listIntegrations() {
      await gate()
      return super.listIntegrations()
    }
    override async updateIntegration(...args: Parameters<IntegrationRepository['updateIntegration']>) {
      await gate()
      return super.updateIntegration(...args)
    }
  }
  class SteppingRecords extends RecordRepository {
    override async findMembers(...args: Parameters<RecordRepository['findMembers']>) {
      await gate()
      return super.findMembers(...args)
    }
    override async writeUsers(...args: Parameters<RecordRepository['writeUsers']>) {
      await gate()
      return super.writeUsers(...args)
    }
  }
  const repositories = {
    integrations: new SteppingIntegrations(bench.table),
    records: new SteppingRecords(bench.table),
  }
  const ended = sync(integrationId, { ...bench.dependencies, ...repositories }).finally(() => {
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

test('Of two sequential first syncs the first one publishes, whichever was connected first', async () => {
  await sync(YOUNGER)
  await sync(OLDER)
  expect(await outcomes()).toEqual([REFUSED, 'published'])
})

test('Of two concurrent first syncs the one connected first publishes', async () => {
  const [older, younger] = [stepping(OLDER), stepping(YOUNGER)]
  while (!older.hasEnded() || !younger.hasEnded()) {
    await older.step()
    await younger.step()
  }
  expect(await outcomes()).toEqual(['published', REFUSED])
})

test('In every interleaving of two first syncs exactly one publishes', async () => {
  const turns = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(turns, async (isOlders) => {
      await connectBoth()
      const [older, younger] = [stepping(OLDER), stepping(YOUNGER)]
      for (const isOlder of isOlders) await (isOlder ? older : younger).step()
      while (!older.hasEnded()) await older.step()
      while (!younger.hasEnded()) await younger.step()
      await Promise.all([older.ended, younger.ended])
      expect((await outcomes()).toSorted()).toEqual([REFUSED, 'published'])
    }),
    { numRuns: 25 },
  )
})

test('A first sync ended by an older one may still have late writes, and a retry fails before it writes', async () => {
  const younger = stepping(YOUNGER)
  const older = stepping(OLDER)
  const writes = async () => (await bench.dependencies.integrations.getIntegration(YOUNGER)).record !== null
  while (!(await writes())) await younger.step()
  await younger.step()
  await younger.step()
  while (!older.hasEnded()) await older.step()
  expect(await bench.dependencies.integrations.getIntegration(YOUNGER)).toMatchObject({
    lateWritesUntil: '2026-11-24T10:30:00.000Z',
    problem: { code: REFUSED, connectedAs: 'Older' },
    lease: null,
  })
  while (!younger.hasEnded()) await younger.step()
  expect(await younger.ended).toBe('superseded')

  bench.advance(3_600_000)
  expect(await sync(YOUNGER)).toBe('failed')
  const { lastSync } = await bench.dependencies.integrations.getIntegration(YOUNGER)
  expect(lastSync).toMatchObject({
    problem: { code: REFUSED },
    dataSets: { directory: { written: 0 }, usage: { written: 0 } },
  })
})

test('Later syncs are not compared with other organizations, even if one was published meanwhile', async () => {
  await sync(OLDER)
  const { integrations } = bench.dependencies
  const { published } = await integrations.getIntegration(OLDER)
  await integrations.updateIntegration(YOUNGER, (current) => ({ ...current, published }))
  bench.advance(3_600_000)
  expect(await sync(OLDER)).toBe('succeeded')
})
