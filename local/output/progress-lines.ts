import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { Sync, SyncCounts, SyncProgress } from '../../shared/integrations/sync.ts'

const EVERY_MS = 1_000

/**
 * Formats the progress of syncs for a terminal. Ends are always printed, intermediate progress at most once a second.
 */
export function progressLines(
  write: (line: string) => void,
): (integrationId: string, sync: Sync, progress?: SyncProgress) => void {
  let lastMs = 0
  return (integrationId, sync, progress) => {
    const name = `Sync of ${integrationId}`
    if (sync.state === 'running') {
      if (progress === undefined || Date.now() - lastMs < EVERY_MS) return
      lastMs = Date.now()
      const { phase, done, total } = progress
      write(`${name}: ${phase} ${done}${total === null ? '' : ` of ${total}`}`)
      return
    }
    if (sync.state === 'failed') write(`${name} failed: ${sync.problem?.detail ?? 'for an unknown reason'}`)
    if (sync.state === 'succeeded') {
      const { read, written } = sync
      const took = (Date.parse(sync.finishedAt ?? '') - Date.parse(sync.startedAt ?? '')) / 1000
      write(`${name}: read ${countsIn(read)}, wrote ${countsIn(written)}, in ${took.toFixed(1)} s`)
    }
  }
}

function countsIn(counts: SyncCounts): string {
  const rows = DAY_SERIES.map(({ id, rowNoun }) => `${counts[`${id}Rows`]} ${rowNoun}s`)
  return [`${counts.users} people`, ...rows].join(' and ')
}
