import { fileURLToPath } from 'node:url'

/**
 * The steps of the end-to-end run. Lanes run beside each other, and the steps of a lane one after the other: most steps wait for
 * one process at a time and use about one core. The two lanes take about as long as each other.
 */
export const LANES: readonly (readonly string[])[] = [
  ['bench', 'focus', 'schemathesis', 'aws'],
  ['dashboard', 'dashboard-speed'],
]

/** How long each step took, for `.ci/run` to print. */
export const TIMES_FILE = fileURLToPath(new URL('../../.e2e/times.txt', import.meta.url))
