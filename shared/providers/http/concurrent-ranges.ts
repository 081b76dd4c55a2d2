import pLimit from 'p-limit'
import { addDays } from '../../domain/day.ts'
import { windowLength, type Window } from '../../domain/window.ts'

/** Splits a window into the fewest ranges of at most so many days, with lengths that differ by at most one day. */
export function rangesOf(window: Window, maxDays: number): Window[] {
  const days = windowLength(window)
  const count = Math.ceil(days / maxDays)
  const startOf = (index: number) => addDays(window.from, Math.ceil((index * days) / count))
  return Array.from({ length: count }, (_, index) => ({ from: startOf(index), to: addDays(startOf(index + 1), -1) }))
}

/**
 * Reads several parts, such as ranges, with bounded concurrency. If one fails, the signal of the others is aborted, and all have
 * ended before it throws. `aborted` also aborts them.
 */
export async function readConcurrently<Part, Result>(
  parts: readonly Part[],
  atOnce: number,
  read: (part: Part, signal: AbortSignal) => Promise<Result>,
  aborted?: AbortSignal,
): Promise<Result[]> {
  const abort = new AbortController()
  const signal = aborted === undefined ? abort.signal : AbortSignal.any([abort.signal, aborted])
  const limit = pLimit(atOnce)
  const reads = parts.map((part) =>
    limit(() => {
      signal.throwIfAborted()
      return read(part, signal)
    }),
  )
  try {
    return await Promise.all(reads)
  } catch (error) {
    abort.abort()
    await Promise.allSettled(reads)
    throw error
  }
}
