import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Outcome } from '../../shared/reviews/outcome.ts'
import { type ApiBench, type SavedBench, startApiBench } from '../api/api-bench.ts'
import { anOutcome } from '../reviews/an-outcome.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { recordFigures } from './figures.ts'
import { unreadable } from './killed/killed-at-every-write.ts'
import { deliverAgain, expectRecordWhole, runUntil, type Stage, syncNext } from './killed/killed-run.ts'

/*
 * A sync that finds out whether removals were carried out is killed at each of its writes in turn, and so is the purge of the integration.
 * Whatever follows, a removal is as the last published reading says, found by the sync that published it or by the next one.
 */

const WRITES_AT_MOST = 60
const HOUR_MS = 3_600_000
const EARLIER = { syncId: 'earlier', at: '2026-11-20T12:00:00.000Z' }
const USER_IDS = ['ana', 'bob', 'cyn', 'dan'] as const
const PEOPLE = { ana: 'pending', bob: 'pending', cyn: 'done', dan: 'done' } as const
/** What a sync finds: Bob is gone, Dan is back, Cyn stays away. */
const FOUND = { ana: 'pending', bob: 'done', cyn: 'done', dan: 'returned' } as const
const figures = { 'kills of syncs': 0, 'kills of purges': 0 }
afterAll(() => recordFigures('killed-outcomes', figures))

function outcomeOf(integrationId: string, userId: keyof typeof PEOPLE): Outcome {
  const subject = { kind: 'member', id: userId, label: userId, projectId: null } as const
  const state = PEOPLE[userId]
  return anOutcome({ integrationId, itemId: userId, subject, state, found: state === 'done' ? EARLIER : null })
}

/** Ana and Bob are members. */
let connected: { readonly saved: SavedBench; readonly id: string }
/** So that a sync of the same has something to find. */
let changed: typeof connected
beforeAll(async () => {
  const bench = await startApiBench({ windowDays: 2 })
  bench.organization().people = [listed('ana', { role: 'owner' }), listed('bob')]
  const id = await bench.connected()
  bench.advance(HOUR_MS)
  connected = { id, saved: await bench.save() }
  change(bench)
  await bench.scheduledSync(id)
  await bench.scheduledSync(id)
  bench.advance(HOUR_MS)
  changed = { id, saved: await bench.save() }
  await bench.close()
})

function change(bench: ApiBench): void {
  bench.organization().people = [listed('ana', { role: 'owner' }), listed('dan')]
  bench.organization().rows = [used('ana', '2026-11-24', 7)]
}

async function stageFrom({ id, saved }: typeof connected): Promise<Stage> {
  const bench = await startApiBench({ windowDays: 2, from: saved })
  change(bench)
  await bench.dependencies.outcomes.putPending(USER_IDS.map((userId) => outcomeOf(id, userId)))
  const syncId = bench.dependencies.newId()
  return { bench, id, message: { kind: 'sync', integrationId: id, syncId, trigger: 'schedule' } }
}

const STAGES: Record<string, () => Promise<Stage>> = {
  'A sync that finds removals done': () => stageFrom(connected),
  'A sync that reads the same after a review was completed': () => stageFrom(changed),
}

async function stored({ bench, id }: Stage) {
  const outcomes = await bench.dependencies.outcomes.listOutcomesOf(id)
  return {
    states: Object.fromEntries(outcomes.map(({ itemId, state }) => [itemId, state])),
    foundBy: Object.fromEntries(outcomes.map(({ itemId, found }) => [itemId, found?.syncId ?? null])),
  }
}

async function isPublished({ bench, id, message }: Stage): Promise<boolean> {
  const { published } = await bench.dependencies.integrations.getIntegration(id)
  return published?.dataSets.directory.syncId === message.syncId
}

/** Kills a sync at each of its writes, each time from the same state. `followUp` is told whether it had published. */
async function killedAtEach(
  start: () => Promise<Stage>,
  followUp: (stage: Stage, hasPublished: boolean) => Promise<void>,
): Promise<void> {
  let kills = 0
  for (let isKilled = true; isKilled;) {
    const stage = await start()
    try {
      isKilled = (await runUntil(stage, kills + 1)) === 'killed'
      if (!isKilled) break
      kills += 1
      const hasPublished = await isPublished(stage)
      if (!hasPublished) expect((await stored(stage)).states).toEqual(PEOPLE)
      await followUp(stage, hasPublished)
    } finally {
      await stage.bench.close()
    }
    expect(kills).toBeLessThan(WRITES_AT_MOST)
  }
  // Claim, publication, two outcomes, and the end.
  expect(kills).toBeGreaterThanOrEqual(5)
  figures['kills of syncs'] += kills
}

describe.each(Object.entries(STAGES))('%s that is killed at any write, and then', (_, start) => {
  test('is delivered again, has found them', () =>
    killedAtEach(start, async (stage, hasPublished) => {
      expect(await deliverAgain(stage)).toBe(hasPublished ? 'recorded' : 'succeeded')
      const { syncId } = stage.message
      expect(await stored(stage)).toEqual({
        states: FOUND,
        foundBy: { ana: null, bob: syncId, cyn: 'earlier', dan: syncId },
      })
      await expectRecordWhole(stage)
      expect(await stage.bench.dependencies.integrations.getIntegration(stage.id)).toMatchObject({ lease: null })
    }))

  test('is followed by one that cannot read, has found them if it had published, and else nothing', () =>
    killedAtEach(start, async (stage, hasPublished) => {
      unreadable(stage, true)
      expect(await syncNext(stage)).toBe('failed')
      const { states, foundBy } = await stored(stage)
      expect(states).toEqual(hasPublished ? FOUND : PEOPLE)
      expect(foundBy['bob']).toBe(hasPublished ? stage.message.syncId : null)
    }))

  test('is overtaken by a sync that reads the same, has found them, or that one has', () =>
    killedAtEach(start, async (stage) => {
      expect(await syncNext(stage)).toBe('succeeded')
      const next = (await stage.bench.dependencies.integrations.getIntegration(stage.id)).lastSync?.id
      const { states, foundBy } = await stored(stage)
      expect(states).toEqual(FOUND)
      expect([stage.message.syncId, next]).toContain(foundBy['bob'])
      expect(await deliverAgain(stage)).toBe('already_ended')
      expect(await stored(stage)).toEqual({ states, foundBy })
    }))

  test('is overtaken by a sync that finds the opposite, leaves what that one found', () =>
    killedAtEach(start, async (stage) => {
      const before = (await stored(stage)).states
      stage.bench.organization().people = [listed('ana', { role: 'owner' }), listed('bob')]
      expect(await syncNext(stage)).toBe('succeeded')
      expect((await stored(stage)).states).toEqual({
        ana: 'pending',
        // What had not been stored was never found.
        bob: before['bob'] === 'done' ? 'returned' : 'pending',
        cyn: 'done',
        dan: 'done',
      })
    }))

  test('is deleted, with a purge that is killed at any write, leaves no removal open', () =>
    killedAtEach(start, async (stage) => {
      const { bench, id, message } = stage
      const { states: before } = await stored(stage)
      expect((await bench.request('DELETE', `/integrations/${id}`)).status).toBe(204)
      expect(await deliverAgain(stage)).toBe('not_visible')
      bench.advance(bench.dependencies.leaseMs)
      const purge = { kind: 'purge', integrationId: message.integrationId } as const
      let nth = 1
      while ((await runUntil({ bench, message: purge }, nth)) === 'killed') nth += 1
      figures['kills of purges'] += nth - 1
      expect(nth).toBeGreaterThan(3)
      const settled = Object.entries(before).map(([userId, state]) => [userId, state === 'done' ? 'done' : 'unknown'])
      expect((await stored(stage)).states).toEqual(Object.fromEntries(settled))
    }))
})
