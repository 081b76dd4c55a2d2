import { useId, type ReactNode } from 'react'
import classes from './card.module.css'

/** A part of a page with its own heading. */
export function Card({
  title,
  lead,
  leadPending = false,
  actions,
  id,
  level = 2,
  children,
}: {
  title: string
  lead?: ReactNode
  /** True while the lead is not known yet. It takes its place without being shown. Default: false. */
  leadPending?: boolean
  actions?: ReactNode
  id?: string
  /** The heading level: 3 inside a section with its own heading. Default: 2. */
  level?: 2 | 3
  children: ReactNode
}) {
  const headingId = useId()
  const Heading = `h${level}` as const
  return (
    <section className={classes.card} aria-labelledby={headingId} id={id}>
      <div className={classes.head}>
        <div className={classes.heading}>
          <Heading id={headingId} className={classes.title}>
            {title}
          </Heading>
          {lead !== undefined && (
            <p className={classes.lead} data-pending={leadPending}>
              {lead}
            </p>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
