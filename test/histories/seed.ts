import { chanceOfAll } from '../../local/simulation/random.ts'

/** Returns a function whose numbers from 0 to 1 are determined by the seed. */
export type Random = () => number

/** The seed of a suite's run: a new one each time, or `FAULTS_SEED` to repeat a failure. It is printed. */
export function startSeed(suite: string): number {
  const seed = Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`${suite}: FAULTS_SEED=${seed}\n`)
  return seed
}

/** Random choices determined by the seed and the parts only, so one case of many can be repeated alone. */
export function randomFrom(...parts: readonly number[]): Random {
  let drawn = 0
  return () => chanceOfAll([...parts, (drawn += 1)])
}
