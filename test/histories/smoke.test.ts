import { expect, test } from '@jest/globals'
import { ENDINGS, runHistory } from './history.ts'

/** Fixed, so that the smoke share is the same in every run. `npm run test:faults` runs a thousand histories, with a seed of its own. */
const SEED = 20_261_126
/** Among them they let syncs end in every way. */
const NUMBERS = [21, 25, 37]

const endings = new Set<string>()

test.each(NUMBERS)('In history %d every answer is what the rules make of the last successful sync', async (number) => {
  const counts = await runHistory(SEED, number)
  expect(counts.answers).toBeGreaterThan(40)
  for (const ending of counts.endings) endings.add(ending)
})

test('Together these few histories let syncs end in every way', () => {
  expect([...endings].toSorted()).toEqual(ENDINGS.toSorted())
})
