import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import { formatNumber } from '../format/format-number.ts'
import classes from './sync-progress.module.css'

/** The progress of a waiting or running sync. */
export function SyncProgress({ sync }: { sync: WireSync }) {
  const { progress } = sync
  const label = progress === null ? waitingLabel(sync) : phaseLabel(progress.phase)
  const total = progress?.total ?? null
  return (
    <div className={classes.progress}>
      <div className={classes.line}>
        <span className={classes.label}>{label}</span>
        {progress !== null && (
          <span className="tabular">
            {formatNumber(progress.done)}
            {total !== null && ` of ${formatNumber(total)}`}
          </span>
        )}
      </div>
      <progress
        className={classes.bar}
        aria-label={label}
        {...(progress !== null && total !== null && total > 0 ? { value: progress.done, max: total } : {})}
      />
      <p className={classes.hint}>The page updates when the sync ends. You can leave it and come back.</p>
    </div>
  )
}

function phaseLabel(phase: string): string {
  return phase === 'saving' ? 'Saving' : `Reading ${phase.replaceAll('_', ' ')}`
}

function waitingLabel(sync: WireSync): string {
  return sync.state === 'queued' ? 'Queued' : 'Starting'
}
