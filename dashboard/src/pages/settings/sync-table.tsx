import type { WireSync } from '../../../../shared/contracts/sync-contract.ts'
import { SHOWN_SERIES } from '../../../../shared/data-sets/by-series.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import { formatDuration } from '../../format/format-time.ts'
import classes from './history-table.module.css'

const STATES = {
  queued: { kind: 'info', label: 'Waiting' },
  running: { kind: 'info', label: 'Running' },
  succeeded: { kind: 'good', label: 'Succeeded' },
  failed: { kind: 'bad', label: 'Failed' },
} as const

const TRIGGERS = { connect: 'Connecting', schedule: 'Schedule', manual: 'Manual', key_change: 'New key' } as const

/** Syncs with the counts that they read and wrote. */
export function SyncTable({ syncs }: { syncs: readonly WireSync[] }) {
  if (syncs.length === 0) return <p>No sync yet.</p>
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Sync history, scrollable">
      <table className={classes.table} aria-label="Sync history">
        <thead>
          <tr>
            <th scope="col">Result</th>
            <th scope="col">When</th>
            <th scope="col">Started by</th>
            <th scope="col">Took</th>
            <th scope="col">Read</th>
            <th scope="col">Written</th>
            <th scope="col">Removed</th>
          </tr>
        </thead>
        <tbody>
          {syncs.map((sync) => (
            <SyncRow key={sync.id} sync={sync} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SyncRow({ sync }: { sync: WireSync }) {
  const { kind, label } = STATES[sync.state]
  return (
    <tr>
      <td>
        <Badge kind={kind}>{label}</Badge>
        {problemsOf(sync).map((detail) => (
          <div key={detail} className={classes.problem}>
            {detail}
          </div>
        ))}
      </td>
      <td>
        <RelativeTime instant={sync.startedAt ?? sync.queuedAt} />
      </td>
      <td>{TRIGGERS[sync.trigger]}</td>
      <td>
        {sync.startedAt !== null && sync.finishedAt !== null ? formatDuration(sync.startedAt, sync.finishedAt) : '–'}
      </td>
      <td>{countsOf(sync.read)}</td>
      <td>{countsOf(sync.written)}</td>
      <td>{sync.removedUsers === 0 ? '–' : formatCount(sync.removedUsers, 'person', 'people')}</td>
    </tr>
  )
}

/** Why the sync failed, or which data sets it could not read. */
function problemsOf({ problem, dataSets }: WireSync): string[] {
  if (problem !== null) return [problem.detail]
  return dataSets.flatMap((dataSet) => (dataSet.problem === null ? [] : [dataSet.problem.detail]))
}

function countsOf(counts: WireSync['read']): string {
  const rows = SHOWN_SERIES.flatMap(({ id, rowNoun }) => {
    const count = counts[`${id}Rows`]
    // Usage is always read; others can be switched off.
    return count === 0 && id !== 'usage' ? [] : [formatCount(count, rowNoun)]
  })
  return [`${formatNumber(counts.users)} people`, ...rows].join(', ')
}
