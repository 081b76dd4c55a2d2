import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { startSeed } from '../histories/seed.ts'
import { OLDER, REFUSED, startFirstSyncs, YOUNGER } from '../sync/first-syncs.ts'

const RACES = 40

const seed = startSeed('first-syncs-at-once')

test('In every interleaving of two first syncs of one organization exactly one publishes', async () => {
  const syncs = await startFirstSyncs()
  const turns = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(turns, async (isOlders) => {
      await syncs.connectBoth()
      const [older, younger] = [syncs.stepping(OLDER), syncs.stepping(YOUNGER)]
      for (const isOlder of isOlders) await (isOlder ? older : younger).step()
      while (!older.hasEnded()) await older.step()
      while (!younger.hasEnded()) await younger.step()
      await Promise.all([older.ended, younger.ended])
      expect((await syncs.outcomes()).toSorted()).toEqual([REFUSED, 'published'])
    }),
    { numRuns: RACES, seed },
  )
  await syncs.bench.close()
})
