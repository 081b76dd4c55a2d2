import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { type ApiBench, anOrganization, KEY, type SavedBench, startApiBench } from '../api/api-bench.ts'
import { itemsOf } from '../api/stored-items.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { recordFigures } from './figures.ts'
import {
  answersOf,
  deliverAgain,
  expectNothingLeft,
  expectRecordWhole,
  runUntil,
  type Stage,
  syncNext,
} from './killed/killed-run.ts'

/*
 * A sync announces its snapshots, writes them, publishes, writes the record and deletes old snapshots. It is killed at each of these
 * writes in turn. Whatever follows, answers show one reading as a whole, and the next run makes the record right.
 */

const WINDOW_DAYS = 3
/** More than a sync has. */
const WRITES_AT_MOST = 40
const HOUR_MS = 3_600_000
const figures = { kills: 0, 'after publishing': 0, 'killed twice': 0 }
afterAll(() => recordFigures('killed-at-every-write', figures))

/** Two of a batch of three people change, and usage on every day. */
function change(bench: ApiBench): void {
  const organization = bench.organization()
  organization.people = [listed('ana', { role: 'owner', name: 'Ana Maria' }), listed('bob'), listed('dan')]
  organization.rows = [used('ana', '2026-11-24', 50), used('dan', '2026-11-23', 1), used(null, '2026-11-22', 4)]
}

/** Synced twice, so that old snapshots are there to be deleted. */
let connected: { readonly saved: SavedBench; readonly id: string }
beforeAll(async () => {
  const bench = await startApiBench({ windowDays: WINDOW_DAYS })
  const id = await bench.connected()
  bench.organization().people.pop()
  bench.organization().rows.pop()
  bench.organization().rows.push(used('bob', '2026-11-22', 6))
  bench.advance(HOUR_MS)
  await bench.scheduledSync(id)
  bench.advance(HOUR_MS)
  connected = { id, saved: await bench.save() }
  await bench.close()
})

const STAGES: Record<string, () => Promise<Stage>> = {
  'A first sync': async () => {
    const bench = await startApiBench({ windowDays: WINDOW_DAYS })
    change(bench)
    await bench.connect()
    const [integration] = await bench.dependencies.integrations.listIntegrations()
    const message = bench.queue.syncs[0]
    bench.queue.messages.length = 0
    if (integration === undefined || message === undefined) throw new Error('Nothing was connected.')
    return { bench, id: integration.id, message }
  },
  'A sync of much that changed': async () => {
    const { id, saved } = connected
    const bench = await startApiBench({ windowDays: WINDOW_DAYS, from: saved })
    change(bench)
    const syncId = bench.dependencies.newId()
    return { bench, id, message: { kind: 'sync', integrationId: id, syncId, trigger: 'schedule' } }
  },
}

/** A stage on which the sync was killed. */
interface KilledStage extends Stage {
  readonly isPublished: boolean
}

/**
 * Kills a sync at each of its writes, each time from the same state, and looks at the answers at once: they are those before the
 * sync, until at some write they are those after it.
 */
async function killedAtEveryWrite(
  start: () => Promise<Stage>,
  followUp: (killed: KilledStage) => Promise<void>,
): Promise<void> {
  const [before, after] = await answersAround(start)
  const published: boolean[] = []
  for (let nth = 1; nth <= WRITES_AT_MOST; nth += 1) {
    const stage = await start()
    try {
      if ((await runUntil(stage, nth)) !== 'killed') break
      const answers = await answersOf(stage)
      const { lastSync } = await stage.bench.dependencies.integrations.getIntegration(stage.id)
      const isPublished = lastSync?.id === stage.message.syncId && lastSync.state === 'succeeded'
      expect(answers).toEqual(isPublished ? after : before)
      published.push(isPublished)
      await followUp({ ...stage, isPublished })
    } finally {
      await stage.bench.close()
    }
  }
  figures.kills += published.length
  figures['after publishing'] += published.filter((each) => each).length
  // Claim, announcement, two snapshots and publication; then people, days, and the end.
  expect(published.indexOf(true)).toBeGreaterThanOrEqual(4)
  expect(published.slice(published.indexOf(true))).toEqual(
    Array.from({ length: published.length - published.indexOf(true) }, () => true),
  )
  expect(published.filter((each) => each).length).toBeGreaterThanOrEqual(3)
}

async function answersAround(start: () => Promise<Stage>) {
  const stage = await start()
  try {
    const before = await answersOf(stage)
    expect(await runUntil(stage, WRITES_AT_MOST)).toBe('succeeded')
    const after = await answersOf(stage)
    expect(after).not.toEqual(before)
    return [before, after]
  } finally {
    await stage.bench.close()
  }
}

async function shownSyncId({ bench, id }: Stage): Promise<string | undefined> {
  return (await bench.dependencies.integrations.getIntegration(id)).published?.dataSets.directory.syncId
}

/** While set, whoever reads the organization fails. */
function unreadable({ bench }: Stage, isUnreadable: boolean): void {
  bench.organization().failsWith = isUnreadable ? 'provider_unreachable' : null
}

describe.each(Object.entries(STAGES))('%s that is killed at any write, and then', (_, start) => {
  test('is delivered again, writes the record without reading anything if it had published, and else succeeds', () =>
    killedAtEveryWrite(start, async (killed) => {
      unreadable(killed, killed.isPublished)
      expect(await deliverAgain(killed)).toBe(killed.isPublished ? 'recorded' : 'succeeded')
      unreadable(killed, false)
      expect(await shownSyncId(killed)).toBe(killed.message.syncId)
      await expectRecordWhole(killed)
      await expectNothingLeft(killed)
    }))

  test('is killed again at any write of the next delivery, ends with the third', async () => {
    let second = 1
    for (let isDying = true; isDying; second += 1) {
      isDying = false
      await killedAtEveryWrite(start, async (killed) => {
        if ((await deliverAgain(killed, { delivery: 2, killedAt: second })) !== 'killed') return
        isDying = true
        figures['killed twice'] += 1
        expect(['recorded', 'succeeded']).toContain(await deliverAgain(killed, { delivery: 3 }))
        expect(await shownSyncId(killed)).toBe(killed.message.syncId)
        await expectRecordWhole(killed)
      })
    }
    expect(second).toBeGreaterThan(5)
  })

  test('is overtaken by a sync that reads the same or something else, leaves it a whole record', async () => {
    for (const isOther of [false, true]) {
      await killedAtEveryWrite(start, async (killed) => {
        if (isOther) Object.assign(killed.bench.organization(), { rows: [used('bob', '2026-11-24', 9)] })
        expect(await syncNext(killed)).toBe('succeeded')
        expect(await shownSyncId(killed)).not.toBe(killed.message.syncId)
        await expectRecordWhole(killed)
        expect(await deliverAgain(killed)).toBe('already_ended')
        await expectRecordWhole(killed)
        await expectNothingLeft(killed)
      })
    }
  })

  test('is followed by one that cannot read, shows what it had published until one can', () =>
    killedAtEveryWrite(start, async (killed) => {
      const shown = await shownSyncId(killed)
      unreadable(killed, true)
      expect(await syncNext(killed)).toBe('failed')
      expect(await shownSyncId(killed)).toBe(shown)
      unreadable(killed, false)
      expect(await syncNext(killed)).toBe('succeeded')
      await expectRecordWhole(killed)
      await expectNothingLeft(killed)
    }))

  test('was waited for by a sync by hand, if it had published, starts that one when it is delivered again', () =>
    killedAtEveryWrite(start, async (killed) => {
      const { bench, id, isPublished } = killed
      const asked = await bench.request('POST', `/integrations/${id}/syncs`)
      // At the first write of a scheduled sync, nothing holds the slot yet.
      const isFree = !isPublished && asked.status === 202
      expect(asked.status).toBe(isPublished || isFree ? 202 : 409)
      await deliverAgain(killed)
      await bench.drain()
      const { lastSync, waitingSync } = await bench.dependencies.integrations.getIntegration(id)
      const trigger = asked.status === 202 ? 'manual' : killed.message.trigger
      expect([lastSync, waitingSync]).toMatchObject([{ state: 'succeeded', trigger }, null])
      await expectRecordWhole(killed)
      await expectNothingLeft(killed)
    }))

  test('is deleted, leaves nothing', () =>
    killedAtEveryWrite(start, async (killed) => {
      const { bench, id } = killed
      expect((await bench.request('DELETE', `/integrations/${id}`)).status).toBe(204)
      expect(await deliverAgain(killed)).toBe('not_visible')
      for (let hour = 0; hour < 3; hour += 1) {
        await bench.drain()
        bench.advance(HOUR_MS)
        await cleanUp(bench.dependencies)
      }
      await bench.drain()
      expect(await itemsOf(bench.table, id)).toEqual([])
      expect(bench.keys.stored.size).toBe(0)
      bench.organizations.set(KEY, anOrganization())
      expect((await bench.connect()).status).toBe(201)
    }))
})
