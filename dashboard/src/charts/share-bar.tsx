import { formatNumber, formatShare } from '../format/format-number.ts'
import classes from './share-bar.module.css'

/** Parts of a whole: a bar, and what each part counts. */
export function ShareBar({ parts }: { parts: readonly { label: string; value: number; color: string }[] }) {
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  return (
    <div>
      <div className={classes.bar} aria-hidden="true">
        {parts
          .filter(({ value }) => value > 0)
          .map(({ label, value, color }) => (
            <div key={label} className="keeps-colour" style={{ flexGrow: value, background: color }} />
          ))}
      </div>
      <dl className={classes.parts}>
        {parts.map(({ label, value, color }) => (
          <div key={label} className={classes.part}>
            <dt>
              <span className={`${classes.swatch} keeps-colour`} style={{ background: color }} />
              {label}
            </dt>
            <dd>{formatNumber(value)}</dd>
            <dd className={classes.share}>{formatShare(value, total)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
