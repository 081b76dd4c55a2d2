import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { providerOf } from '../../shared/providers/find-provider.ts'
import { recordFigures } from './figures.ts'
import { asOfOf, comparable } from './killed/answers.ts'
import { changeOrganization } from './killed/changing-organization.ts'
import { expectSynced, readShown, type Shown, syncNow } from './killed/expect-synced.ts'
import type { KillPlan } from './killed/kill-plan.ts'
import {
  countRequests,
  type KillOfASync,
  killsOfLane,
  killsWhileReading,
  REQUESTS_OF,
} from './killed/kills-of-a-sync.ts'
import type { Stage } from './killed/life.ts'
import { onStage } from './killed/on-stage.ts'
import { syncedOnce } from './killed/synced-once.ts'
import { type Random, randomFrom, startSeed } from '../histories/seed.ts'

/*
 * The product as a process that ends itself by SIGKILL in the middle of a sync. Of each data set it is killed at the first, the
 * middle and the last request to the provider; and at random writes of each kind. `killed-changes` does the same to what is not a sync.
 */

const LANES = REQUESTS_OF.openai.map((request, index) => [index + 1, request] as const)
/** What a kill while writing leaves does not depend on the provider. */
const ANTHROPIC_LANES = [1, 2].map(
  (lane) => [lane, REQUESTS_OF.anthropic.filter((_, index) => index % 2 === lane - 1)] as const,
)
/** A plan may lie behind the last event: then the process survives, and another is drawn. */
const TURNS_A_KILL = 6
/** One of each data set, of which the organization has some of all, and the summary. */
const snapshotsOf = ({ provider }: Stage) => providerOf(provider).dataSets.length + 1

const seed = startSeed('killed-processes')
const figures: Record<string, number> = {}
const count = (what: string) => (figures[what] = (figures[what] ?? 0) + 1)
const compiled = mkdtempSync(join(tmpdir(), 'rollcall-compiled-'))
afterAll(() => {
  rmSync(compiled, { recursive: true })
  recordFigures('killed-processes', figures)
})

/**
 * A sync of a changed organization that may be killed; null when it was not. What it left is looked at, and repaired: the record
 * of a sync that has published by the restart alone, without another reading. Gives what is shown then.
 */
async function killedSync(stage: Stage, id: string, plan: KillPlan, before: Shown): Promise<Shown | null> {
  const { organization, product } = stage
  await product.armed(plan)
  await product.risk('POST', `/integrations/${id}/syncs`)
  // What a restart begins by itself fails, so that the answers in between can be looked at.
  const wasKilled = await product.survivedOrStarted(
    async () => void (await product.ended(id)),
    () => organization.set({ emptyListing: true }),
  )
  if (!wasKilled) return null
  const between = await product.answers(id)
  organization.set({ emptyListing: false })
  const expected = await syncedOnce(stage)
  if (asOfOf(between).syncId === asOfOf(before.answers).syncId) {
    expect(between).toEqual(before.answers)
    expect(await product.recordOf(id, asOfOf(between))).toEqual(before.record)
    expect(['reading', 'saving', 'publishing']).toContain(plan.kind)
    count('showed what was before')
  } else {
    expect(comparable(between)).toEqual(expected.answers)
    expect(['publishing', 'recording', 'clearing']).toContain(plan.kind)
    expect(await product.ended(id)).toBe('recorded')
    await expectSynced(product, id, expected)
    count('showed what was published, and wrote the record after the restart')
  }
  countRequests(stage)
  await syncNow(product, id)
  const shown = await expectSynced(product, id, expected)
  // What the last sync replaced stays for readers who have its pointers.
  expect((await product.generationsOf(id)).length).toBeLessThanOrEqual(2 * snapshotsOf(stage))
  return shown
}

/** Kills syncs one after the other, each after a change of the organization. */
async function killSyncs(stage: Stage, random: Random, kills: readonly KillOfASync[]): Promise<void> {
  const { provider, organization, product } = stage
  const json = { provider, name: 'Acme', adminApiKey: organization.keys.admin }
  const id = String((await product.request('POST', '/integrations', json)).body['id'])
  await product.succeeded(id)
  let turn = 0
  let shown: Shown | null = null
  for (const { kind, draw } of kills) {
    let killed: Shown | null = null
    for (let left = TURNS_A_KILL; killed === null && left > 0; left -= 1) {
      const requests = countRequests(stage)
      changeOrganization(stage, turn, random)
      killed = await killedSync(stage, id, draw(requests, random), shown ?? (await readShown(product, id)))
      shown = killed
      turn += 1
    }
    expect([kind, killed]).not.toEqual([kind, null])
    count(`killed while ${kind}`)
  }
  for (const _quiet of [1, 2]) await syncNow(product, id)
  expect(await product.generationsOf(id)).toHaveLength(snapshotsOf(stage))
}

test.each(LANES)(
  'After a crash while reading, saving, publishing or writing the record, each answer is whole, and so is the record after one more run (lane %d: %s)',
  (lane, request) =>
    onStage({ name: `lane ${lane}`, compiled }, (stage) =>
      killSyncs(stage, randomFrom(seed, lane), killsOfLane(request, lane)),
    ),
)

test.each(ANTHROPIC_LANES)(
  'At Anthropic, after a crash while reading, the same holds (lane %d: %j)',
  (lane, requests) =>
    onStage({ name: `lane ${lane}`, compiled, provider: 'anthropic' }, (stage) =>
      killSyncs(
        stage,
        randomFrom(seed, LANES.length + lane),
        requests.flatMap((request, index) => killsWhileReading(request, index)),
      ),
    ),
)
