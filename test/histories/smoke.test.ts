import { expect, test } from '@jest/globals'
import { ENDINGS, runHistory } from './history.ts'

/**
 * Fixed, so the smoke part is the same in every run. `npm run test:faults` runs a thousand histories with its own seed.
 */
const SEED = 20_261_126
/** Together they cover every outcome of a sync. One is of OpenAI, one of Anthropic, and one of both. */
const NUMBERS = [24, 31, 51]

const endings = new Set<string>()

test.each(NUMBERS)('In history %d every answer follows from the last successful sync by the rules', async (number) => {
  const counts = await runHistory(SEED, number)
  expect(counts.answers).toBeGreaterThan(40)
  for (const ending of counts.endings) endings.add(ending)
})

test('Together these histories cover every outcome of a sync', () => {
  expect([...endings].toSorted()).toEqual(ENDINGS.toSorted())
})
