const LOOK_FOR_PARENT_EVERY_MS = 250

/**
 * Calls `stop` once the process that started this one has ended. A signal sent to npm ends npm's shell, which passes it on to
 * nobody: its end stands for the signal.
 */
export function stopWithParent(stop: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, LOOK_FOR_PARENT_EVERY_MS).unref()
}
