import { expect, test } from '@jest/globals'
import { extent } from './extent.ts'
import { recordFigures } from './figures.ts'
import { type HistoryCounts, runHistory } from './history.ts'
import { startSeed } from './seed.ts'

const alone = process.env['FAULTS_HISTORY']
const numbers =
  alone === undefined
    ? Array.from({ length: extent({ quick: 15, whole: 1_000 }) }, (_, index) => index + 1)
    : [Number(alone)]

test('Whatever an organization goes through, every answer is what the rules make of the last successful sync', async () => {
  const seed = startSeed('histories')
  const counts: HistoryCounts[] = []
  for (const number of numbers) counts.push(await runHistory(seed, number))
  const sum = (figure: keyof HistoryCounts) => counts.reduce((total, each) => total + each[figure], 0)
  expect(sum('answers')).toBeGreaterThan(numbers.length * 50)
  recordFigures('histories', {
    'histories compared': counts.length,
    steps: sum('steps'),
    syncs: sum('syncs'),
    'syncs that failed': sum('failedSyncs'),
    'answers compared': sum('answers'),
  })
})
