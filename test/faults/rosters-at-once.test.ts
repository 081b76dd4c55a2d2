import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { RosterReplacedError, SnapshotMissingError } from '../../shared/storage/errors.ts'
import { RosterRepository } from '../../shared/storage/roster.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { startSeed } from '../histories/seed.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { entriesOf, generationsIn, stored } from '../storage/stored-rosters.ts'

const RACES = 50
const LATER = 'Z'

const seed = startSeed('rosters-at-once')

test('Of uploads, deletions, clean-ups and readers in any order, one stands whole, and readers see no half of any', async () => {
  const local = await startLocalTable()
  const roster = new RosterRepository(local.table)
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, withDeletion) => {
      await roster.deleteRoster()
      await roster.replaceRoster('A', entriesOf('A', 1))
      const table = tableThrough(local.table, (_, forward) => scheduler.schedule(Promise.resolve()).then(forward))
      const racing = new RosterRepository(table)
      const uploads = ['B', 'C', 'D'].map((generation, index) =>
        racing.replaceRoster(generation, entriesOf(generation, index + 2)),
      )
      const others = [racing.cleanUp('A'), ...(withDeletion ? [racing.deleteRoster()] : [])]
      const reads = [stored(table), stored(table), stored(table)]
      const [ended, , read] = await scheduler.waitFor(
        Promise.all([Promise.allSettled(uploads), Promise.all(others), Promise.allSettled(reads)]),
      )
      const sizes: Record<string, number> = { A: 1, B: 2, C: 3, D: 4 }
      const isWhole = ({ departments, entries }: Awaited<ReturnType<typeof stored>>) =>
        departments.length === 0 || (departments.length === 1 && sizes[String(departments[0])] === entries)
      // A reader that met two replacements gives up, as a request would.
      for (const each of read) {
        if (each.status === 'fulfilled') expect([each.value, isWhole(each.value)]).toEqual([each.value, true])
        else expect(each.reason).toBeInstanceOf(SnapshotMissingError)
      }
      for (const each of ended) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(RosterReplacedError)
      const succeeded = ['B', 'C', 'D'].filter((_, index) => ended[index]?.status === 'fulfilled')
      const last = await stored(local.table)
      if (!withDeletion) expect(succeeded).toContain(last.departments[0])
      expect([...succeeded, undefined, ...(succeeded.length === 0 ? ['A'] : [])]).toContain(last.departments[0])
      await roster.cleanUp(LATER)
      expect(await generationsIn(local.table)).toEqual([...last.departments, 'pointer'])
      expect(await stored(local.table)).toEqual(last)
    }),
    { numRuns: RACES, seed },
  )
  await local.close()
})
