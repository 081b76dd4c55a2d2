import { formatNumber, formatShare } from '../format/format-number.ts'
import { SeriesFill, type SeriesColor, type SeriesTexture } from './series-fill.tsx'
import classes from './share-bar.module.css'

/** A part of a whole, with its appearance in the bar and in the list below. */
interface Part {
  readonly label: string
  readonly value: number
  readonly series: SeriesColor
  readonly texture?: SeriesTexture
}

/** The parts of a whole: a bar, and the count of each part. */
export function ShareBar({ parts }: { parts: readonly Part[] }) {
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  return (
    <div>
      <div className={classes.bar} aria-hidden="true">
        {parts
          .filter(({ value }) => value > 0)
          .map(({ label, value, series, texture = 'solid' }) => (
            <SeriesFill
              key={label}
              className={classes.segment}
              series={series}
              texture={texture}
              style={{ flexGrow: value }}
            />
          ))}
      </div>
      <dl className={classes.parts}>
        {parts.map(({ label, value, series, texture = 'solid' }) => (
          <div key={label} className={classes.part}>
            <dt>
              <SeriesFill className={classes.swatch} series={series} texture={texture} />
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
