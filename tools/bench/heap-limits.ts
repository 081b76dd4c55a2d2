/**
 * Limits of V8's heap under which memory is measured: with room to spare it lets garbage lie as long as it may, and what is
 * measured would be the machine's memory rather than what the work needs. The heap gets half of what the process may take,
 * buffers, columns of usage and code the rest; a function on Lambda is given more than either.
 */
export function heapLimits(allowedMb: number): string[] {
  return [`--max-old-space-size=${Math.floor(allowedMb / 2)}`, '--max-semi-space-size=4']
}

/**
 * The limits that Lambda's runtime sets in a function of so many MB: a tenth for the young generation, half of it for each of
 * its halves, the rest for the old one. Seen in the runtime's bootstrap script; AWS documents it nowhere.
 */
export function heapOnLambda(memoryMb: number): string[] {
  const young = Math.floor(memoryMb / 10)
  return [`--max-old-space-size=${memoryMb - young}`, `--max-semi-space-size=${Math.floor(young / 2)}`]
}
