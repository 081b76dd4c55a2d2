import type { ReactNode } from 'react'
import classes from './pending-overlay.module.css'

/** Shows outdated figures faded and marked as busy until the new ones arrive. */
export function PendingOverlay({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <div className={classes.part} aria-busy={busy}>
      {children}
    </div>
  )
}
