/**
 * Does work for each value, for some at once, and takes a value only when there is a hand free for it: so any number of
 * them needs little memory. Throws what the source or the work throws: nothing is begun after that, and what was under
 * way has ended.
 */
export async function forEachConcurrent<Value>(
  values: Iterable<Value> | AsyncIterable<Value>,
  atOnce: number,
  work: (value: Value) => Promise<void>,
): Promise<void> {
  const source = oneByOne(values)
  let hasFailed = false
  const drawAndWork = async () => {
    // All draw from one generator. Whoever fails ends it for all, since leaving the loop closes it; but a draw that was
    // waiting for its turn by then still gets its value.
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
  const hands = Array.from({ length: atOnce }, drawAndWork)
  await Promise.allSettled(hands)
  await Promise.all(hands)
}

async function* oneByOne<Value>(values: Iterable<Value> | AsyncIterable<Value>): AsyncGenerator<Value> {
  yield* values
}
