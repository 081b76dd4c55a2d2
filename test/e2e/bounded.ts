import { StepFailure } from './step.ts'

/**
 * What a promise gives, unless it takes too long. Throws `StepFailure` then; what was begun goes on behind, and the run's
 * end closes what it uses. For what has no time limit of its own: closing a browser, say, or evaluating in a page.
 */
export async function within<Value>(withinMs: number, what: string, promise: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new StepFailure(`${what} took longer than ${withinMs / 1000} s.`)),
    withinMs,
  )
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
