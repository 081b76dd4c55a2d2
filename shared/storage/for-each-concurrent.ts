/**
 * Runs work for each value with bounded concurrency. A value is only taken from the source when a worker is free, so
 * memory use is small for any number of values. Rethrows errors of the source or the work after running work has ended;
 * nothing new is started then.
 */
export async function forEachConcurrent<Value>(
  values: Iterable<Value> | AsyncIterable<Value>,
  atOnce: number,
  work: (value: Value) => Promise<void>,
): Promise<void> {
  const source = oneByOne(values)
  let hasFailed = false
  const drawAndWork = async () => {
    // All workers share one generator. An error ends it for all, since leaving the loop closes it. A worker that was
    // already waiting for a value still receives it.
    for await (const value of source) {
      if (hasFailed) return
      try {
        await work(value)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  const workers = Array.from({ length: atOnce }, drawAndWork)
  await Promise.allSettled(workers)
  await Promise.all(workers)
}

async function* oneByOne<Value>(values: Iterable<Value> | AsyncIterable<Value>): AsyncGenerator<Value> {
  yield* values
}
