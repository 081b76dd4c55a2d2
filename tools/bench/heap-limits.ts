/**
 * Heap limits for memory figures. With more room V8 keeps garbage longer, and the figure would show the machine's
 * memory instead of what the work needs. The heap gets half of the process limit; buffers, usage columns and code get
 * the rest. A function on Lambda has more of both.
 */
export function heapLimits(allowedMb: number): string[] {
  return [`--max-old-space-size=${Math.floor(allowedMb / 2)}`, '--max-semi-space-size=4']
}

/**
 * The heap limits that Lambda's runtime sets for a function of so many MB: one tenth for the young generation, half of
 * that for each semi-space, the rest for the old generation. They are read from the runtime's bootstrap script; AWS
 * does not document them.
 */
export function heapOnLambda(memoryMb: number): string[] {
  const young = Math.floor(memoryMb / 10)
  return [`--max-old-space-size=${memoryMb - young}`, `--max-semi-space-size=${Math.floor(young / 2)}`]
}
