import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { summaryOf } from '../../shared/data-sets/summary/summary.ts'
import type { Published } from '../../shared/integrations/integration.ts'
import type { SnapshotRepository } from '../../shared/storage/snapshots.ts'

const BY = { syncId: '01K0000000000000000000SYNC', syncedAt: '2026-11-24T12:00:00.000Z' }

/** Writes the snapshots of directory and usage. Returns what an integration needs to publish them. */
export async function writeSnapshot(
  snapshots: SnapshotRepository,
  integrationId: string,
  generation: string,
  snapshot: Snapshot,
): Promise<Published> {
  const {
    people,
    series: { usage },
  } = snapshot
  const common = { ...BY, window: usage.window }
  const [ofPeople, ofUsage, ofAll] = [`directory.${generation}`, `usage.${generation}`, `summary.${generation}`]
  return {
    dataSets: {
      directory: {
        ...common,
        generation: ofPeople,
        parts: await snapshots.writeItems(integrationId, ofPeople, people),
        digest: null,
      },
      usage: {
        ...common,
        generation: ofUsage,
        parts: await snapshots.writeTable(integrationId, ofUsage, usage),
        digest: digestOf(usage),
      },
    },
    summary: {
      generation: ofAll,
      parts: await snapshots.writeSummary(integrationId, ofAll, summaryOf(snapshot)),
    },
    counts: { members: 1, guests: 0, inUse: 1, unused: 0, noData: 0 },
    inferredDomains: [],
  }
}
