/** What is assumed of a deployment and of the organizations that it syncs. */
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
 * What cannot be counted on one machine is assumed, on the high side. Change it, and run `npm run costs`: the organization
 * that is counted has these sizes.
 */
export const ASSUMPTIONS: Assumptions = {
  integrations: [1, 100, 10_000],
  /** Of each organization; all of them active on every day, weekends too. */
  members: 1_000,
  modelsPerMemberAndDay: 2,
  windowDays: 60,
  daysPerMonth: 30,
  /** Every six hours: the first sync of a day meets a new day, two meet changed figures, one meets nothing new. */
  syncsPerDay: { newDay: 1, changedDay: 2, quiet: 1 },
  /** Pages that OpenAI answers one sync with, one after another. */
  pagesPerSync: 40,
  pageMs: 750,
  syncMemoryMb: 1_024,
  apiMemoryMb: 1_024,
  dispatchMemoryMb: 512,
  dispatchSeconds: 10,
  cleanUpSeconds: 10,
  cleanUpsPerDay: 24,
  /** Of each integration, by people and scripts. None finds its snapshot in the function's memory. */
  apiCallsPerMonth: 200,
  apiSeconds: 0.3,
  apiAnswerBytes: 30_000,
  /** Rollcall's own lines, its metrics among them, and the platform's. */
  logBytesPerRun: 3_000,
  logBytesPerApiCall: 2_000,
  logRetentionMonths: 3,
  /** Lambda's five pollers ask the queue for up to 20 seconds at a time, also when it is empty. */
  emptyPollsPerMonth: 648_000,
  peopleSigningIn: 20,
  scriptTokensPerMonth: 720,
}
