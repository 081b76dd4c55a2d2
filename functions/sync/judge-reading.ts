import { judgeListing } from '../../shared/data-sets/directory/listing.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { DIFFERENT_ORGANIZATION_DETAIL, implausibleListingAdvice } from '../../shared/domain/problem.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { SyncFailure } from '../../shared/integrations/sync-outcome.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import type { Provider } from '../../shared/providers/provider.ts'
import type { OrganizationReading } from './read-organization.ts'

/** Why a reading is not published. */
export type Refusal = Pick<SyncFailure, 'problem' | 'notRead' | 'implausible'>

/** Why a reading is rejected. Undefined when it is accepted. */
export function judge(
  integration: Integration,
  before: Snapshot | null,
  { listed }: OrganizationReading,
  now: Date,
): Refusal | undefined {
  const judged = judgeListing({ stored: before?.people ?? [], listed, implausible: integration.implausible, now })
  switch (judged.verdict) {
    case 'plausible':
      return undefined
    case 'different_organization':
      return { problem: { code: judged.verdict, detail: DIFFERENT_ORGANIZATION_DETAIL } }
    case 'implausible': {
      const detail = implausibleListingAdvice(providerOf(integration.provider).name)
      return { problem: { code: 'implausible_listing', detail }, implausible: judged.mark }
    }
  }
}

/**
 * A series that leaves out a day with stored data is incomplete. A required one refuses the reading; an optional one counts
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
    const daysLeftOut = series.get(id)?.daysLeftOut ?? []
    if (read === undefined || before?.series[read.id].hasDataOn(daysLeftOut) !== true) continue
    if (required) return { problem: { code, detail: provider.advice(code, id) }, notRead: { dataSet: id, code } }
    series.delete(id)
    problems.set(id, code)
  }
  return { ...reading, series, problems }
}
