import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { needsAction, ProviderError } from '../../shared/domain/problem.ts'
import type { SyncCounts } from '../../shared/integrations/sync.ts'
import { digestOf } from '../../shared/data-sets/usage/usage-digest.ts'
import { windowEndingAt, windowLength } from '../../shared/domain/window.ts'
import type { Organization, SeriesReading } from '../../shared/providers/provider.ts'
import type { Run } from './run.ts'

/** Everything one sync read: the directory and the whole window of usage. */
export interface OrganizationReading {
  readonly listed: readonly DirectoryPerson[]
  readonly usage: SeriesReading
  readonly usageDigest: string
  readonly counts: SyncCounts
}

/**
 * Reads directory and usage side by side. Waits for both even when one fails, so that nothing reads on behind the
 * run's back; of two failures, the one that needs a person is thrown.
 */
export async function readOrganization(
  organization: Organization,
  run: Run,
  options: { startedAt: Date; windowDays: number; expectedPeople: number },
): Promise<OrganizationReading> {
  const window = windowEndingAt(options.startedAt, options.windowDays)
  const [directory, usage] = await Promise.allSettled([
    organization.directory.read((done) => run.reportProgress({ phase: 'members', done, total: null })),
    organization.series.usage.read(window, {
      expectedPeople: options.expectedPeople,
      onPage: (done) => run.reportProgress({ phase: 'usage', done, total: windowLength(window) }),
    }),
  ])
  if (directory.status === 'fulfilled' && usage.status === 'fulfilled') {
    const counts = { users: directory.value.length, usageRows: usage.value.rows }
    return { listed: directory.value, usage: usage.value, usageDigest: digestOf(usage.value.table), counts }
  }
  const reasons: unknown[] = [directory, usage].flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  )
  throw reasons.find((reason) => reason instanceof ProviderError && needsAction(reason.code)) ?? reasons[0]
}
