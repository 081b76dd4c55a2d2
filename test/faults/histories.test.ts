import { afterAll, expect, test } from '@jest/globals'
import { ENDINGS, type HistoryCounts, runHistory } from '../histories/history.ts'
import { startSeed } from '../histories/seed.ts'
import { recordFigures } from './figures.ts'

/** `FAULTS_HISTORIES` is a multiple of the number in a test. */
const HISTORIES = Number(process.env['FAULTS_HISTORIES'] ?? 1_000)
/** Few enough for the time limit of a test: beside work of a higher priority, 25 took longer than its ten minutes. */
const HISTORIES_A_TEST = 5

const seed = startSeed('histories')
const alone = process.env['FAULTS_HISTORY']
const counts: HistoryCounts[] = []
afterAll(() => recordFigures('histories', figures()))

if (alone === undefined) {
  const firsts = Array.from({ length: HISTORIES / HISTORIES_A_TEST }, (_, block) => 1 + block * HISTORIES_A_TEST)
  test.each(firsts)('Every answer follows from the last successful sync by the rules (from %d on)', async (first) => {
    for (let number = first; number < first + HISTORIES_A_TEST; number += 1) counts.push(await runHistory(seed, number))
  })

  test('Together they cover every outcome of a sync', () => {
    expect([...endings().keys()].toSorted()).toEqual(ENDINGS.toSorted())
    expect([historiesOf('openai'), historiesOf('anthropic'), historiesOf('openai', 'anthropic')]).not.toContain(0)
    expect(sumOf(({ answers }) => answers)).toBeGreaterThan(HISTORIES * 40)
  })
} else {
  test(`Every answer follows from the last successful sync by the rules (only ${alone})`, async () => {
    counts.push(await runHistory(seed, Number(alone)))
  })
}

function endings(): Map<string, string[]> {
  return Map.groupBy(
    counts.flatMap((each) => each.endings),
    (ending) => ending,
  )
}

function sumOf(figureOf: (each: HistoryCounts) => number): number {
  return counts.reduce((total, each) => total + figureOf(each), 0)
}

/** The number of histories of tables with organizations of these providers. */
function historiesOf(...providers: HistoryCounts['providers']): number {
  return counts.filter((each) => each.providers.join() === providers.join()).length
}

function figures(): Record<string, number> {
  return {
    'histories compared': counts.length,
    'histories of an organization at OpenAI': historiesOf('openai'),
    'histories of an organization at Anthropic': historiesOf('anthropic'),
    'histories of one at each': historiesOf('openai', 'anthropic'),
    steps: sumOf(({ steps }) => steps),
    'requests to OpenAI': sumOf(({ requests }) => requests.openai),
    'requests to Anthropic': sumOf(({ requests }) => requests.anthropic),
    'answers compared': sumOf(({ answers }) => answers),
    ...Object.fromEntries([...endings()].map(([ending, all]) => [`syncs that ended as ${ending}`, all.length])),
  }
}
