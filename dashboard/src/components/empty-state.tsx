import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import classes from './empty-state.module.css'

/** Says why there is nothing to show, and what to do about it. */
export function EmptyState({
  title,
  icon = 'info',
  level = 2,
  children,
}: {
  title: string
  icon?: IconName
  /** The heading level: 1 when the page has nothing else. */
  level?: 1 | 2
  children?: ReactNode
}) {
  const Heading = `h${level}` as const
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <Heading className={classes.title}>{title}</Heading>
      <div className={classes.text}>{children}</div>
    </div>
  )
}
