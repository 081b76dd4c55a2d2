import { useId, type ReactNode } from 'react'
import classes from './card.module.css'

/** A part of a page with its own heading. */
export function Card({
  title,
  lead,
  actions,
  id,
  children,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  id?: string
  children: ReactNode
}) {
  const headingId = useId()
  return (
    <section className={classes.card} aria-labelledby={headingId} id={id}>
      <div className={classes.head}>
        <div className={classes.heading}>
          <h2 id={headingId} className={classes.title}>
            {title}
          </h2>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
