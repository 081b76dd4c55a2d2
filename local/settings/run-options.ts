/**
 * Waiting times of startup and shutdown, the clock, and the size of the simulated organization. Tests set their own.
 */
export interface RunOptions {
  readonly now: () => Date
  /** The pause between two attempts of a request to a provider. Default: the client's own. */
  readonly sleep?: (ms: number) => Promise<void>
  /** A signal that ends an attempt of a request to a provider. Default: the client's own. */
  readonly timeout?: (ms: number) => AbortSignal
  /** How long to wait for another process to release the data folder. */
  readonly lockWaitMs: number
  /** How long to wait for the first sync before Rollcall reports that it is ready. */
  readonly firstSyncWaitMs: number
  /** How long closing waits for running syncs. */
  readonly stopWaitMs: number
  readonly simulatedMembers: number
}

export const DEFAULT_RUN_OPTIONS: RunOptions = {
  now: () => new Date(),
  lockWaitMs: 10_000,
  firstSyncWaitMs: 12_000,
  stopWaitMs: 3_000,
  simulatedMembers: 240,
}
