import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CostRow } from '../../shared/data-sets/costs/costs.ts'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { type ApiBench, anOrganization, KEY, type SavedBench, startApiBench } from '../api/api-bench.ts'
import { itemsOf } from '../api/stored-items.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { recordFigures } from './figures.ts'
import { killedAtEveryWrite, type KilledStage, shownSyncId, unreadable } from './killed/killed-at-every-write.ts'
import { deliverAgain, expectNothingLeft, expectRecordWhole, type Stage, syncNext } from './killed/killed-run.ts'

/*
 * A sync announces its snapshots, writes them, publishes, writes the record and deletes old snapshots. It is killed at each of these
 * writes in turn. Whatever follows, answers show one reading as a whole, and the next run makes the record right.
 */

const WINDOW_DAYS = 3
const HOUR_MS = 3_600_000
const figures = { kills: 0, 'after publishing': 0, 'killed twice': 0 }
afterAll(() => recordFigures('killed-at-every-write', figures))

/** What a day costs, by whom. */
function cost(userId: string | null, day: string, amount: string): CostRow[] {
  const row = { day, subject: '', lineItem: '', currency: 'USD', cost: amount }
  return [
    { ...row, report: 'total', userId: null },
    { ...row, report: 'user', userId },
  ]
}

/** Somebody joins, somebody leaves, somebody is renamed, and usage and costs change on every day. */
function change(bench: ApiBench): void {
  const organization = bench.organization()
  organization.people = [listed('ana', { role: 'owner', name: 'Ana Maria' }), listed('bob'), listed('dan')]
  organization.rows = [used('ana', '2026-11-24', 50), used('dan', '2026-11-23', 1), used(null, '2026-11-22', 4)]
  organization.costRows = [
    ...cost('ana', '2026-11-24', '5.5'),
    ...cost('dan', '2026-11-23', '-1'),
    ...cost(null, '2026-11-22', '0.25'),
  ]
}

/** Synced twice, so that old snapshots are there to be deleted. */
let connected: { readonly saved: SavedBench; readonly id: string }
beforeAll(async () => {
  const bench = await startApiBench({ windowDays: WINDOW_DAYS })
  const id = await bench.connected()
  bench.organization().people.pop()
  bench.organization().rows.pop()
  bench.organization().rows.push(used('bob', '2026-11-22', 6))
  bench.organization().costRows.push(...cost('ana', '2026-11-24', '5'), ...cost('bob', '2026-11-22', '2'))
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

async function killed(start: () => Promise<Stage>, followUp: (stage: KilledStage) => Promise<void>): Promise<void> {
  const { kills, afterPublishing } = await killedAtEveryWrite(start, followUp)
  figures.kills += kills
  figures['after publishing'] += afterPublishing
}

/** Kills the next delivery at each of its writes, each time from what the first kill left, and delivers a third time. Gives how often. */
async function killAgainAtEveryWrite({ bench, id, message }: Stage): Promise<number> {
  const saved = await bench.save()
  for (let nth = 1; ; nth += 1) {
    const again = await startApiBench({ windowDays: WINDOW_DAYS, from: saved })
    try {
      again.organizations.set(KEY, bench.organization())
      const stage = { bench: again, id, message }
      if ((await deliverAgain(stage, { delivery: 2, killedAt: nth })) !== 'killed') return nth - 1
      expect(['recorded', 'succeeded']).toContain(await deliverAgain(stage, { delivery: 3 }))
      expect(await shownSyncId(stage)).toBe(message.syncId)
      await expectRecordWhole(stage)
    } finally {
      await again.close()
    }
  }
}

describe.each(Object.entries(STAGES))('%s that is killed at any write, and then', (_, start) => {
  test('is delivered again, writes the record without reading anything if it had published, and else succeeds', () =>
    killed(start, async (stage) => {
      unreadable(stage, stage.isPublished)
      expect(await deliverAgain(stage)).toBe(stage.isPublished ? 'recorded' : 'succeeded')
      unreadable(stage, false)
      expect(await shownSyncId(stage)).toBe(stage.message.syncId)
      await expectRecordWhole(stage)
      await expectNothingLeft(stage)
    }))

  test('is killed again at any write of the next delivery, ends with the third', async () => {
    let most = 0
    await killed(start, async (stage) => {
      const twice = await killAgainAtEveryWrite(stage)
      figures['killed twice'] += twice
      most = Math.max(most, twice)
    })
    expect(most).toBeGreaterThanOrEqual(5)
  })

  test('is overtaken by a sync that reads the same or something else, leaves it a whole record', async () => {
    for (const isOther of [false, true]) {
      await killed(start, async (stage) => {
        if (isOther) Object.assign(stage.bench.organization(), { rows: [used('bob', '2026-11-24', 9)] })
        expect(await syncNext(stage)).toBe('succeeded')
        expect(await shownSyncId(stage)).not.toBe(stage.message.syncId)
        await expectRecordWhole(stage)
        expect(await deliverAgain(stage)).toBe('already_ended')
        await expectRecordWhole(stage)
        await expectNothingLeft(stage)
      })
    }
  })

  test('is followed by one that cannot read, shows what it had published, with its record, until one can', () =>
    killed(start, async (stage) => {
      const shown = await shownSyncId(stage)
      unreadable(stage, true)
      expect(await syncNext(stage)).toBe('failed')
      expect(await shownSyncId(stage)).toBe(shown)
      if (shown !== undefined) await expectRecordWhole(stage)
      unreadable(stage, false)
      expect(await syncNext(stage)).toBe('succeeded')
      await expectRecordWhole(stage)
      await expectNothingLeft(stage)
    }))

  test('was waited for by a sync by hand, if it had published, starts that one when it is delivered again', () =>
    killed(start, async (stage) => {
      const { bench, id, isPublished } = stage
      const asked = await bench.request('POST', `/integrations/${id}/syncs`)
      // At the first write of a scheduled sync, nothing holds the slot yet.
      const isFree = !isPublished && asked.status === 202
      expect(asked.status).toBe(isPublished || isFree ? 202 : 409)
      await deliverAgain(stage)
      await bench.drain()
      const { lastSync, waitingSync } = await bench.dependencies.integrations.getIntegration(id)
      const trigger = asked.status === 202 ? 'manual' : stage.message.trigger
      expect([lastSync, waitingSync]).toMatchObject([{ state: 'succeeded', trigger }, null])
      await expectRecordWhole(stage)
      await expectNothingLeft(stage)
    }))

  test('is deleted, leaves nothing', () =>
    killed(start, async (stage) => {
      const { bench, id } = stage
      expect((await bench.request('DELETE', `/integrations/${id}`)).status).toBe(204)
      expect(await deliverAgain(stage)).toBe('not_visible')
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
