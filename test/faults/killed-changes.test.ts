import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { recordFigures } from './figures.ts'
import { MOMENTS } from './killed/kill-plan.ts'
import { LIFE_TURNS } from './killed/life.ts'
import { onStage } from './killed/on-stage.ts'
import { randomFrom, startSeed } from '../histories/seed.ts'

/* The product as a process that ends itself by SIGKILL at a random write, while it does something else than sync. */

const LANES = Array.from({ length: 4 }, (_, index) => index + 1)
/** Of each turn in a life: 8 in all. */
const KILLS_OF_A_KIND = 2
/** A plan may lie behind the last write: then the process survives, and another is drawn. */
const TURNS_A_KILL = 6

const seed = startSeed('killed-changes')
const figures: Record<string, number> = {}
const compiled = mkdtempSync(join(tmpdir(), 'rollcall-compiled-'))
afterAll(() => {
  rmSync(compiled, { recursive: true })
  recordFigures('killed-changes', figures)
})

test.each(LANES)(
  'After a crash while connecting, changing the key or deleting, the action is complete or undone (lane %d)',
  (lane) =>
    onStage({ name: `life ${lane}`, compiled }, async (stage) => {
      const random = randomFrom(seed, lane)
      const kills = new Map(LIFE_TURNS.map(({ name }) => [name, 0]))
      const isEnough = () => [...kills.values()].every((killed) => killed >= KILLS_OF_A_KIND)
      const turnsAtMost = LIFE_TURNS.length * KILLS_OF_A_KIND * TURNS_A_KILL
      for (let turn = 0; !isEnough() && turn < turnsAtMost; turn += 1) {
        const one = LIFE_TURNS[turn % LIFE_TURNS.length]
        if (one === undefined) continue
        const moment = MOMENTS[(lane + turn) % MOMENTS.length] ?? 'before'
        const plan = { kind: 'storing', nth: 1 + Math.floor(random() * one.writes), moment } as const
        if (!(await one.live(stage, plan))) continue
        kills.set(one.name, (kills.get(one.name) ?? 0) + 1)
        figures[`killed while ${one.name}`] = (figures[`killed while ${one.name}`] ?? 0) + 1
      }
      expect([...kills].filter(([, killed]) => killed < KILLS_OF_A_KIND)).toEqual([])
    }),
)
