import type { Assumptions } from './assumptions.ts'
import type { Counts, Units } from './counts.ts'
import type { Price, PriceName } from './prices.ts'

const MILLION = 1_000_000
const GB = 1_000_000_000
/** Lambda bills memory in binary gigabytes. */
const MB_PER_GB = 1_024
const READ_UNIT_BYTES = 4_096

export interface CostInput {
  readonly counts: Counts
  readonly assumptions: Assumptions
  readonly prices: Readonly<Record<PriceName, Price>>
}

/** The deployment's usage in a month, in the units of the prices. */
export type MonthlyUse = Readonly<Record<PriceName, number>>

/** The table's units for one integration's syncs in a month. */
export function syncUnitsOfMonth({ counts, assumptions }: Pick<CostInput, 'counts' | 'assumptions'>): Units {
  const { newDay, changedDay, quiet } = counts.syncs
  const { daysPerMonth, syncsPerDay } = assumptions
  const sum = (unit: keyof Units) =>
    daysPerMonth *
    (syncsPerDay.newDay * newDay[unit] + syncsPerDay.changedDay * changedDay[unit] + syncsPerDay.quiet * quiet[unit])
  return { requests: sum('requests'), writeUnits: sum('writeUnits'), readUnits: sum('readUnits') }
}

export function syncsOfMonth({ daysPerMonth, syncsPerDay }: Assumptions): number {
  return daysPerMonth * (syncsPerDay.newDay + syncsPerDay.changedDay + syncsPerDay.quiet)
}

/** The usage of so many integrations in a month. */
export function monthlyUse(integrations: number, { counts, assumptions }: Omit<CostInput, 'prices'>): MonthlyUse {
  const own = syncUnitsOfMonth({ counts, assumptions })
  const { apiCallsPerMonth, daysPerMonth, syncsPerDay, cleanUpsPerDay } = assumptions
  const syncs = integrations * syncsOfMonth(assumptions)
  const calls = integrations * apiCallsPerMonth
  const ticks = daysPerMonth * (syncsPerDay.newDay + syncsPerDay.changedDay + syncsPerDay.quiet)
  const cleanUps = daysPerMonth * cleanUpsPerDay
  // Dispatch lists all integrations, page by page; the clean-up does three times: to clean up, and for its gauges.
  const listings = (ticks + 3 * cleanUps) * Math.ceil((integrations * counts.integrationBytes) / READ_UNIT_BYTES)
  // In a function that was idle for long, the clean-up reads all summaries to count findings.
  const summaries = cleanUps * integrations * counts.summary.readUnits
  const runs = syncs + calls + ticks + cleanUps
  const logBytes = (syncs + ticks + cleanUps) * assumptions.logBytesPerRun + calls * assumptions.logBytesPerApiCall
  const tableGb = (integrations * counts.tableBytes) / GB
  return {
    writeUnits: (integrations * own.writeUnits) / MILLION,
    readUnits: (integrations * own.readUnits + calls * counts.answer.readUnits + listings + summaries) / MILLION,
    tableStorage: tableGb,
    tableBackup: tableGb,
    functionSeconds: gbSeconds({ syncs, calls, ticks, cleanUps }, counts, assumptions),
    functionRequests: runs / MILLION,
    // Messages are sent in batches of ten, and received and deleted one by one.
    queueRequests: (Math.ceil(integrations / 10) * ticks + 2 * syncs + assumptions.emptyPollsPerMonth) / MILLION,
    secrets: integrations,
    secretRequests: syncs / MILLION,
    apiRequests: calls / MILLION,
    siteRequests: calls / MILLION,
    siteTraffic: (calls * assumptions.apiAnswerBytes) / GB,
    logIngestion: logBytes / GB,
    logStorage: (logBytes * assumptions.logRetentionMonths) / GB,
    metrics: counts.stack.metrics,
    alarms: counts.stack.alarms,
    overviews: counts.stack.overviews,
    signingKeys: counts.stack.signingKeys,
    traces: runs / MILLION,
    scheduleRuns: (ticks + cleanUps) / MILLION,
    people: assumptions.peopleSigningIn,
    scriptTokens: assumptions.scriptTokensPerMonth / MILLION,
  }
}

function gbSeconds(
  runs: { readonly syncs: number; readonly calls: number; readonly ticks: number; readonly cleanUps: number },
  { syncSeconds }: Counts,
  assumptions: Assumptions,
): number {
  const { syncMemoryMb, apiMemoryMb, apiSeconds, dispatchMemoryMb, dispatchSeconds, cleanUpSeconds } = assumptions
  const mbSeconds =
    runs.syncs * syncMemoryMb * syncSeconds +
    runs.calls * apiMemoryMb * apiSeconds +
    runs.ticks * dispatchMemoryMb * dispatchSeconds +
    runs.cleanUps * apiMemoryMb * cleanUpSeconds
  return mbSeconds / MB_PER_GB
}

/** The cost in US dollars, of one price or of several together. */
export function costOf(use: MonthlyUse, names: readonly PriceName[], prices: CostInput['prices']): number {
  return names.reduce((sum, name) => sum + use[name] * prices[name].usd, 0)
}

/** How many syncs must run concurrently so all of them end before the next ones begin. */
export function syncsAtOnceNeeded(integrations: number, { counts, assumptions }: Omit<CostInput, 'prices'>): number {
  const secondsBetween = (24 * 3_600 * assumptions.daysPerMonth) / syncsOfMonth(assumptions)
  return Math.ceil((integrations * counts.syncSeconds) / secondsBetween)
}
