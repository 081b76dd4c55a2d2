import { expect, test } from '@jest/globals'
import { ENDINGS, runHistory } from './history.ts'

/** Fixed, so that the smoke share is the same in every run. `npm run test:faults` runs a thousand histories, with a seed of its own. */
const SEED = 20_261_126
/** Among them they let syncs end in every way. */
const NUMBERS = [1, 2, 21]

const endings = new Set<string>()

test.each(NUMBERS)('In history %d every answer follows from the last successful sync by the rules', async (number) => {
  const counts = await runHistory(SEED, number)
  expect(counts.answers).toBeGreaterThan(40)
  for (const ending of counts.endings) endings.add(ending)
})

test('Together these histories cover every outcome of a sync', () => {
  expect([...endings].toSorted()).toEqual(ENDINGS.toSorted())
})
