/** Assumptions about a deployment and its organizations. */
export interface Assumptions {
  readonly integrations: readonly number[]
  readonly members: number
  readonly modelsPerMemberAndDay: number
  readonly windowDays: number
  readonly daysPerMonth: number
  readonly syncsPerDay: { readonly newDay: number; readonly changedDay: number; readonly quiet: number }
  readonly pagesPerSync: number
  readonly pageMs: number
  readonly syncMemoryMb: number
  readonly apiMemoryMb: number
  readonly dispatchMemoryMb: number
  readonly dispatchSeconds: number
  readonly cleanUpSeconds: number
  readonly cleanUpsPerDay: number
  readonly apiCallsPerMonth: number
  readonly apiSeconds: number
  readonly apiAnswerBytes: number
  readonly logBytesPerRun: number
  readonly logBytesPerApiCall: number
  readonly logRetentionMonths: number
  readonly emptyPollsPerMonth: number
  readonly peopleSigningIn: number
  readonly scriptTokensPerMonth: number
}

/**
 * Values that cannot be counted on one machine, estimated high. After a change, run `npm run costs`: the counted
 * organization has these sizes.
 */
export const ASSUMPTIONS: Assumptions = {
  integrations: [1, 100, 10_000],
  /** For each organization. All of them are active on every day, weekends included. */
  members: 1_000,
  modelsPerMemberAndDay: 2,
  windowDays: 60,
  daysPerMonth: 30,
  /** Every six hours. The first sync of a day finds a new day, two find changed figures, one finds nothing new. */
  syncsPerDay: { newDay: 1, changedDay: 2, quiet: 1 },
  /** OpenAI's answers to one sync, in sequence. */
  pagesPerSync: 40,
  pageMs: 750,
  syncMemoryMb: 1_024,
  apiMemoryMb: 1_024,
  dispatchMemoryMb: 512,
  dispatchSeconds: 10,
  cleanUpSeconds: 10,
  cleanUpsPerDay: 24,
  /** For each integration, by people and scripts. None finds its snapshot in the function's memory. */
  apiCallsPerMonth: 200,
  apiSeconds: 0.3,
  apiAnswerBytes: 30_000,
  /** Rollcall's log lines, metrics included, and the platform's. */
  logBytesPerRun: 3_000,
  logBytesPerApiCall: 2_000,
  logRetentionMonths: 3,
  /** Lambda's five pollers query the queue for up to 20 seconds at a time, even when it is empty. */
  emptyPollsPerMonth: 648_000,
  peopleSigningIn: 20,
  scriptTokensPerMonth: 720,
}
