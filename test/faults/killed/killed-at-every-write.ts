import { expect } from '@jest/globals'
import { answersOf, runUntil, type Stage } from './killed-run.ts'

/** More than a sync has. */
const WRITES_AT_MOST = 40

/** A stage on which the sync was killed. */
export interface KilledStage extends Stage {
  readonly isPublished: boolean
}

/**
 * Kills a sync at each of its writes, each time from the same state, and looks at the answers at once: they are those before the
 * sync, until at some write they are those after it.
 */
export async function killedAtEveryWrite(
  start: () => Promise<Stage>,
  followUp: (killed: KilledStage) => Promise<void>,
): Promise<{ readonly kills: number; readonly afterPublishing: number }> {
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
  // Claim, announcement, two snapshots and publication; then people, days, and the end.
  expect(published.indexOf(true)).toBeGreaterThanOrEqual(4)
  expect(published).toEqual(published.toSorted((left, right) => Number(left) - Number(right)))
  const afterPublishing = published.filter((each) => each).length
  expect(afterPublishing).toBeGreaterThanOrEqual(3)
  return { kills: published.length, afterPublishing }
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

export async function shownSyncId({ bench, id }: Stage): Promise<string | undefined> {
  return (await bench.dependencies.integrations.getIntegration(id)).published?.dataSets.directory.syncId
}

/** While set, reading the organization fails. */
export function unreadable({ bench }: Stage, isUnreadable: boolean): void {
  bench.organization().failsWith = isUnreadable ? 'provider_unreachable' : null
}
