import type { ReactNode } from 'react'
import classes from './page-header.module.css'

/** A page's title, its subtitle, and its actions. */
export function PageHeader({ title, lead, actions }: { title: string; lead?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={classes.header}>
      <div>
        <h1 className={classes.title}>{title}</h1>
        {lead !== undefined && <p className={classes.lead}>{lead}</p>}
      </div>
      {actions}
    </div>
  )
}
