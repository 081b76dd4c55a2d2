import { costs } from '../../shared/data-sets/costs/costs.ts'
import { preliminaryFrom } from '../../shared/data-sets/costs/preliminary-days.ts'
import type { DayTable } from '../../shared/data-sets/day-series/day-table.ts'
import { judgeListing } from '../../shared/data-sets/directory/listing.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import { usage } from '../../shared/data-sets/usage/usage.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { syncProblem, type SyncProblemCode } from '../../shared/domain/problem.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { SyncFailure } from '../../shared/integrations/sync-outcome.ts'
import { notReadResult, type Sync } from '../../shared/integrations/sync.ts'
import type { Provider, SeriesReading } from '../../shared/providers/provider.ts'
import { type OrganizationReading, resultsOf } from './read-organization.ts'

/** Why a reading is not published. */
export type Refusal = Pick<SyncFailure, 'problem' | 'dataSets' | 'implausible'>

/** Why a reading is rejected. Undefined when it is accepted. */
export function judge(
  integration: Integration,
  before: Snapshot | null,
  reading: OrganizationReading,
  now: Date,
): Refusal | undefined {
  const { listed } = reading
  const judged = judgeListing({ stored: before?.people ?? [], listed, implausible: integration.implausible, now })
  switch (judged.verdict) {
    case 'plausible':
      return undefined
    case 'different_organization':
      return notBelieved(judged.verdict, reading, ['directory', ...reading.series.keys(), ...reading.lists.keys()])
    case 'implausible':
      return { ...notBelieved('implausible_listing', reading, ['directory']), implausible: judged.mark }
  }
}

/** The refusal of a sync that could not ask the provider for any data. */
export function nothingRead(provider: Provider, code: SyncProblemCode): Refusal {
  const required = provider.dataSets.filter((dataSet) => dataSet.required)
  return {
    problem: syncProblem(code),
    dataSets: Object.fromEntries(required.map(({ id }) => [id, notReadResult(code)])),
  }
}

/** The refusal of a reading because of data sets that were read but are not believed. */
function notBelieved(
  code: SyncProblemCode,
  reading: OrganizationReading,
  ids: readonly string[],
): Pick<SyncFailure, 'problem' | 'dataSets'> {
  const results = resultsOf(reading)
  const refused = ids.map((id): [string, Sync['dataSets'][string]] => [id, notReadResult(code, results[id]?.rows)])
  return {
    problem: syncProblem(code, { dataSet: ids[0] ?? null }),
    dataSets: { ...results, ...Object.fromEntries(refused) },
  }
}

/**
 * A series that leaves out a day with stored data is incomplete, and so are costs that leave out a day with requests. A required one refuses the reading; an optional one counts
 * as not read.
 */
export function withoutUnlikely(
  before: Snapshot | null,
  reading: OrganizationReading,
  provider: Provider,
): OrganizationReading | Refusal {
  const code = 'unexpected_reply'
  const series = new Map(reading.series)
  const problems = new Map(reading.problems)
  for (const { id, required } of provider.dataSets) {
    const read = DAY_SERIES.find((each) => each.id === id)
    const found = series.get(id)
    if (read === undefined || found === undefined) continue
    if (!leavesOutData(found, before?.series[read.id]) && !leavesOutCharged(found, series.get(usage.id))) continue
    if (required) return notBelieved(code, reading, [id])
    series.delete(id)
    problems.set(id, code)
  }
  return { ...reading, series, problems }
}

function leavesOutData({ daysLeftOut, daysLeftOutOf = {} }: SeriesReading, before: DayTable | undefined): boolean {
  const parts = Object.entries(daysLeftOutOf)
  return (
    before?.hasDataOn(daysLeftOut) === true || parts.some(([label, days]) => before?.hasDataOn(days, label) === true)
  )
}

/** True for costs without a day on which there were requests. Those of the last days can come later. */
function leavesOutCharged({ table, daysLeftOut }: SeriesReading, used: SeriesReading | undefined): boolean {
  if (table.series.id !== costs.id || used === undefined) return false
  return used.table.hasDataOn(daysLeftOut.filter((day) => day < preliminaryFrom(table.window.to)))
}
