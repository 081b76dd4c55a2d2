import { formatNumber } from '../format/format-number.ts'
import classes from './activity-strip.module.css'

/**
 * The days with requests: their number, and a strip of all days, oldest first, with active days filled. All strips have
 * the same height, so rows are comparable. The number of requests is shown separately.
 */
export function ActivityStrip({ dailyRequests }: { dailyRequests: readonly number[] }) {
  const active = dailyRequests.flatMap((requests, index) => (requests > 0 ? [index] : []))
  return (
    <>
      <span className={classes.count}>
        {formatNumber(active.length)} of {formatNumber(dailyRequests.length)} days
      </span>
      <svg
        className={`${classes.strip} keeps-color`}
        viewBox={`0 0 ${Math.max(1, dailyRequests.length)} 1`}
        preserveAspectRatio="none"
        shapeRendering="crispEdges"
        aria-hidden="true"
      >
        <path d={active.map((index) => `M${index} 0h1v1h-1z`).join('')} />
      </svg>
    </>
  )
}
