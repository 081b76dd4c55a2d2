import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import classes from './notice.module.css'

/** A short message: success, hint, warning or failure. */
export function Notice({
  kind,
  title,
  children,
}: {
  kind: 'good' | 'info' | 'warn' | 'bad'
  title?: string
  children?: ReactNode
}) {
  const icon = { good: 'check', info: 'info', warn: 'alert', bad: 'alert' } as const
  return (
    <div className={classes.notice} data-kind={kind}>
      <span className={classes.icon}>
        <Icon name={icon[kind]} />
      </span>
      <div className={classes.text}>
        {title !== undefined && <strong className={classes.title}>{title}</strong>}
        {children}
      </div>
    </div>
  )
}
