/** Calls a function regularly, until the returned one is called. It does not keep the process running. */
export function repeat(everyMs: number, call: () => void): () => void {
  const timer = setInterval(call, everyMs).unref()
  return () => clearInterval(timer)
}
