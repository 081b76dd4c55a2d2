import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { DATA_SETS } from '../../shared/data-sets/registry.ts'
import { recordFigures } from './figures.ts'
import { asOfOf, comparable } from './killed/answers.ts'
import { changeOrganization } from './killed/changing-organization.ts'
import { expectSynced, syncNow } from './killed/expect-synced.ts'
import { type Kind, type KillPlan, MOMENTS } from './killed/kill-plan.ts'
import { KillableProduct } from './killed/killable-product.ts'
import { LIFE_TURNS, type Stage } from './killed/life.ts'
import { syncedOnce } from './killed/synced-once.ts'
import { type Random, randomFrom, startSeed } from '../histories/seed.ts'

const LANES = Array.from({ length: 12 }, (_, index) => index + 1)
const SYNC_KILLS_A_LANE = 12
/** Of each turn in a life: 24 in all. */
const LIFE_KILLS_OF_A_KIND = 2
/** A plan may lie behind the last event: then the process survives, and another is drawn. */
const TURNS_A_KILL = 6
const MEMBERS = 8
const KINDS = ['recording', 'publishing', 'saving', 'clearing', 'reading'] as const
/** How many events a sync has, about. */
const EVENTS: Record<(typeof KINDS)[number], number> = {
  reading: 25,
  saving: 4,
  publishing: 1,
  recording: 6,
  clearing: 3,
}
/** One of each data set: the organization has some of all. */
const SNAPSHOTS = DATA_SETS.length

const seed = startSeed('killed-processes')
const figures: Record<string, number> = {}
const count = (what: string) => (figures[what] = (figures[what] ?? 0) + 1)
const compiled = mkdtempSync(join(tmpdir(), 'rollcall-compiled-'))
afterAll(() => {
  rmSync(compiled, { recursive: true })
  recordFigures('killed-processes', figures)
})

/**
 * Runs a test on a product, and an organization as it is at one instant, which only the test's changes alter: noon, so
 * that no day ends meanwhile.
 */
async function onStage(lane: number, act: (stage: Stage) => Promise<void>): Promise<void> {
  const now = new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00.000Z`)
  const organization = await startSimulatedOrganization({ members: MEMBERS, seed: `lane ${lane}`, now: () => now })
  const { company } = organization
  const people = company.usersAt(now)
  company.auditLog.replaceAll(people.slice(1).map(({ id }, index) => ({ userId: id, at: secondsBefore(now, index) })))
  const product = new KillableProduct(organization, { now, compiled })
  try {
    await product.start()
    await act({ organization, product, now })
  } finally {
    await product.stop()
    await organization.close()
  }
}

/** Somebody signs in every eight days. Who was covered once is not read again, so nothing is added to the log later. */
function secondsBefore(now: Date, index: number): number {
  return Math.floor(now.getTime() / 1000) - 3_600 - index * 8 * 86_400
}

function drawPlan(kind: Kind, events: number, random: Random): KillPlan {
  const moment = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'before'
  return { kind, nth: 1 + Math.floor(random() * events), moment }
}

/**
 * A sync of a changed organization that may be killed; tells whether it was. What it left is looked at, and repaired: the record
 * of a sync that has published by the restart alone, without another reading.
 */
async function killedSync({ organization, product, now }: Stage, id: string, plan: KillPlan): Promise<boolean> {
  const before = await product.answers(id)
  const recordBefore = await product.recordOf(id, asOfOf(before))
  await product.armed(plan)
  await product.risk('POST', `/integrations/${id}/syncs`)
  // What a restart begins by itself fails, so that the answers in between can be looked at.
  const wasKilled = await product.survivedOrStarted(
    async () => void (await product.ended(id)),
    () => organization.set({ emptyListing: true }),
  )
  if (!wasKilled) return false
  const between = await product.answers(id)
  organization.set({ emptyListing: false })
  const expected = await syncedOnce(organization, now)
  if (asOfOf(between).syncId === asOfOf(before).syncId) {
    expect(between).toEqual(before)
    expect(await product.recordOf(id, asOfOf(between))).toEqual(recordBefore)
    expect(['reading', 'saving', 'publishing']).toContain(plan.kind)
    count('showed what was before')
  } else {
    expect(comparable(between)).toEqual(expected.answers)
    expect(['publishing', 'recording', 'clearing']).toContain(plan.kind)
    expect(await product.ended(id)).toBe('recorded')
    await expectSynced(product, id, expected)
    count('showed what was published, and wrote the record after the restart')
  }
  await syncNow(product, id)
  await expectSynced(product, id, expected)
  // What the last sync replaced stays for readers who have its pointers.
  expect((await product.generationsOf(id)).length).toBeLessThanOrEqual(2 * SNAPSHOTS)
  return true
}

test.each(LANES)(
  'After a crash while reading, saving, publishing or writing the record, each answer is whole, and so is the record after one more run (lane %d)',
  (lane) =>
    onStage(lane, async (stage) => {
      const { organization, product, now } = stage
      const random = randomFrom(seed, lane)
      const json = { provider: 'openai', name: 'Acme', adminApiKey: organization.keys.admin }
      const id = String((await product.request('POST', '/integrations', json)).body['id'])
      await product.succeeded(id)
      let killed = 0
      for (let turn = 0; killed < SYNC_KILLS_A_LANE && turn < SYNC_KILLS_A_LANE * TURNS_A_KILL; turn += 1) {
        changeOrganization(organization, { turn, now }, random)
        const kind = KINDS[(lane + killed) % KINDS.length] ?? 'reading'
        if (!(await killedSync(stage, id, drawPlan(kind, EVENTS[kind], random)))) continue
        killed += 1
        count(`killed while ${kind}`)
      }
      expect(killed).toBe(SYNC_KILLS_A_LANE)
      for (const _quiet of [1, 2]) await syncNow(product, id)
      expect(await product.generationsOf(id)).toHaveLength(SNAPSHOTS)
    }),
)

test.each(LANES)(
  'After a crash while connecting, changing the key or deleting, the action is complete or undone (lane %d)',
  (lane) =>
    onStage(100 + lane, async (stage) => {
      const random = randomFrom(seed, 100 + lane)
      const kills = new Map(LIFE_TURNS.map(({ name }) => [name, 0]))
      const isEnough = () => [...kills.values()].every((killed) => killed >= LIFE_KILLS_OF_A_KIND)
      const turnsAtMost = LIFE_TURNS.length * LIFE_KILLS_OF_A_KIND * TURNS_A_KILL
      for (let turn = 0; !isEnough() && turn < turnsAtMost; turn += 1) {
        const one = LIFE_TURNS[turn % LIFE_TURNS.length]
        if (one === undefined || !(await one.live(stage, drawPlan('storing', one.writes, random)))) continue
        kills.set(one.name, (kills.get(one.name) ?? 0) + 1)
        count(`killed while ${one.name}`)
      }
      expect([...kills].filter(([, killed]) => killed < LIFE_KILLS_OF_A_KIND)).toEqual([])
    }),
)
