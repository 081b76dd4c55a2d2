import { setTimeout as sleep } from 'node:timers/promises'

/**
 * How long a test waits for anything before it fails. This only guards against hanging; it is many times what the
 * slowest machine needs.
 */
export const WATCHDOG_MS = 5 * 60_000

const LOOK_EVERY_MS = 20

/** The time limit of a request that must not depend on the machine's speed. */
export const noTimeout = (): AbortSignal => new AbortController().signal

/**
 * Looks repeatedly until there is a result, and returns it. `null`, `undefined` and `false` mean: not yet. Throws after
 * `WATCHDOG_MS`, with what was waited for and, with `describe`, what was seen instead.
 */
export async function waitUntil<Result>(
  what: string,
  look: () => Result | Promise<Result>,
  describe?: () => string,
): Promise<NonNullable<Exclude<Result, false>>> {
  const deadline = Date.now() + WATCHDOG_MS
  for (;;) {
    const result = await look()
    if (result !== undefined && result !== null && result !== false) {
      return result as NonNullable<Exclude<Result, false>>
    }
    if (Date.now() > deadline) throw new Error(gaveUp(what, describe))
    await sleep(LOOK_EVERY_MS)
  }
}

/**
 * Waits for a promise. Throws after `watchdogMs`, like `waitUntil`; longer times are for many waits in sequence. The
 * awaited work is not cancelled.
 */
export async function waitFor<Result>(
  what: string,
  promise: Promise<Result>,
  describe?: () => string,
  watchdogMs = WATCHDOG_MS,
): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(gaveUp(what, describe, watchdogMs))), watchdogMs)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function gaveUp(what: string, describe?: () => string, watchdogMs = WATCHDOG_MS): string {
  const seen = describe === undefined ? '' : ` Seen instead: ${describe()}`
  return `Waited ${String(watchdogMs / 60_000)} minutes for ${what}.${seen}`
}
