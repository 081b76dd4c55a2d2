import { expect, test } from '@jest/globals'
import { extent } from './extent.ts'
import { recordFigures } from './figures.ts'
import { type HistoryCounts, runHistory } from '../histories/history.ts'
import { startSeed } from '../histories/seed.ts'

/** Every way in which these histories let a sync end. */
const ENDINGS = [
  'succeeded',
  'provider_unreachable',
  'provider_rate_limited',
  'unexpected_reply',
  'invalid_admin_key',
  'different_organization',
  'implausible_listing',
]

/** Generous: a machine that does other things too must not fail what is right. */
const TIMEOUT_MS = extent({ quick: 120_000, whole: 840_000 })

/** So many histories bring about every ending, whatever the seed. */
const ENOUGH = 100

/**
 * Defines the test of so many histories, numbered from `first`. `FAULTS_HISTORY`, with the `FAULTS_SEED` that a failure
 * prints, repeats one alone.
 */
export function testHistories(
  suite: string,
  { first, count }: { readonly first: number; readonly count: number },
): void {
  const alone = process.env['FAULTS_HISTORY']
  const numbers = alone === undefined ? Array.from({ length: count }, (_, index) => first + index) : [Number(alone)]
  const compareAll = async () => {
    const seed = startSeed(suite)
    const counts: HistoryCounts[] = []
    for (const number of numbers) counts.push(await runHistory(seed, number))
    const sum = (figure: 'steps' | 'answers' | 'requests') => counts.reduce((total, each) => total + each[figure], 0)
    const endings = Map.groupBy(
      counts.flatMap((each) => each.endings),
      (ending) => ending,
    )
    expect(sum('answers')).toBeGreaterThan(numbers.length * 40)
    if (numbers.length >= ENOUGH) expect([...endings.keys()].toSorted()).toEqual(ENDINGS.toSorted())
    recordFigures(suite, {
      'histories compared': counts.length,
      steps: sum('steps'),
      'requests to OpenAI': sum('requests'),
      'answers compared': sum('answers'),
      ...Object.fromEntries([...endings].map(([ending, all]) => [`syncs that ended as ${ending}`, all.length])),
    })
  }
  test(`In ${suite}, every answer is what the rules make of the last successful sync`, compareAll, TIMEOUT_MS)
}
