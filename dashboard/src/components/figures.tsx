import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './figures.module.css'

/** A non-breaking space, which keeps the line's height. */
const EMPTY_LINE = '\u00A0'

/** Figures side by side. `undefined` values keep their space while they load. */
export function Figures({ items }: { items: readonly { label: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className={classes.figures}>
      {items.map(({ label, value, note }) => (
        <div key={label} className={classes.figure}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value}>{value ?? <Skeleton height={20} width={64} mt={8} mb={8} />}</dd>
          {note !== undefined && <dd className={classes.note}>{value === undefined ? EMPTY_LINE : note}</dd>}
        </div>
      ))}
    </dl>
  )
}
