import type { ReactNode } from 'react'
import classes from './badge.module.css'

/** A state in one or two words. The dot adds no information to the words. */
export function Badge({ kind, children }: { kind: 'good' | 'warn' | 'bad' | 'info' | 'plain'; children: ReactNode }) {
  return (
    <span className={classes.badge} data-kind={kind}>
      {children}
    </span>
  )
}
