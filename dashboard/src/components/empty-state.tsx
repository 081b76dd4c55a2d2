import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import classes from './empty-state.module.css'

/** Says why there is nothing to see, and what to do about it. */
export function EmptyState({
  title,
  icon = 'info',
  children,
}: {
  title: string
  icon?: IconName
  children?: ReactNode
}) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{children}</div>
    </div>
  )
}
