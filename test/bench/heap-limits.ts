/**
 * What the work needs: with memory to spare, V8 lets garbage lie as long as it may. The limit is below what each function
 * is given.
 */
export const HEAP_LIMITS = ['--max-old-space-size=256', '--max-semi-space-size=4']
