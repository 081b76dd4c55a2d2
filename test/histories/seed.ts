import { quickChance } from '../../local/simulated-openai/random.ts'

/** A number from 0 to 1 at each call, the same ones for the same seed. */
export type Random = () => number

/** The seed of a suite's run: a new one each time, or `FAULTS_SEED` to see a failure again. It is printed. */
export function startSeed(suite: string): number {
  const seed = Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`${suite}: FAULTS_SEED=${seed}\n`)
  return seed
}

/** Draws that depend on nothing but the seed and the parts, so that one case of many can be repeated alone. */
export function randomFrom(...parts: readonly number[]): Random {
  let drawn = 0
  return () => quickChance(...parts, (drawn += 1))
}
