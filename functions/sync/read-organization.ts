import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { allBySeries, type BySeries, bySeries } from '../../shared/data-sets/by-series.ts'
import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import type { DaySeries } from '../../shared/data-sets/data-set.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { needsAction, ProviderError } from '../../shared/domain/problem.ts'
import { windowEndingAt } from '../../shared/domain/window.ts'
import { type SyncCounts, syncCounts } from '../../shared/integrations/sync.ts'
import type { Organization, SeriesReading } from '../../shared/providers/provider.ts'
import type { Run } from './run.ts'

/** Everything that one sync read: the directory and the whole window of each series. */
export interface OrganizationReading {
  readonly listed: readonly DirectoryPerson[]
  readonly series: BySeries<SeriesReading>
  readonly digests: BySeries<string>
  readonly counts: SyncCounts
}

/**
 * Reads the directory and the series concurrently. Waits for all even if one fails, so that no read outlives the run. Of
 * several failures, one that needs user action is thrown. A series that the provider does not have is empty.
 */
export async function readOrganization(
  organization: Organization,
  run: Run,
  options: { startedAt: Date; windowDays: number; expectedPeople: number },
): Promise<OrganizationReading> {
  const window = windowEndingAt(options.startedAt, options.windowDays)
  const { expectedPeople } = options
  const directory = organization.directory.read((done) => run.reportProgress({ phase: 'members', done, total: null }))
  const reads = bySeries(async (series): Promise<SeriesReading> => {
    const onPage = (done: number, total: number) => run.reportProgress({ phase: series.id, done, total })
    const reading = await organization.series[series.id]?.read(window, { expectedPeople, onPage })
    return reading ?? { table: new DayTableBuilder<DaySeries>(series, window).build(), rows: 0, daysLeftOut: [] }
  })
  const settled = await Promise.allSettled([directory, ...Object.values(reads)])
  const failures = settled.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []))
  if (failures.length > 0) {
    throw failures.find((reason) => reason instanceof ProviderError && needsAction(reason.code)) ?? failures[0]
  }
  const [listed, series] = [await directory, await allBySeries(reads)]
  return {
    listed,
    series,
    digests: bySeries(({ id }) => digestOf(series[id].table)),
    counts: syncCounts(listed.length, (id) => series[id].rows),
  }
}
