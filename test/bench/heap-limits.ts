/**
 * Limits of V8's heap under which memory is measured: with room to spare it lets garbage lie as long as it may, and what is
 * measured would be the machine's memory rather than what the work needs. The heap gets half of what the process may take,
 * buffers, columns of usage and code the rest; a function on Lambda is given more than either.
 */
export function heapLimits(allowedMb: number): string[] {
  return [`--max-old-space-size=${Math.floor(allowedMb / 2)}`, '--max-semi-space-size=4']
}
