import type { ReactNode } from 'react'
import classes from './pending-overlay.module.css'

/** What still shows the figures asked for before, under the words that belong to them: faded and busy until the new ones are there. */
export function PendingOverlay({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <div className={classes.part} aria-busy={busy}>
      {children}
    </div>
  )
}
