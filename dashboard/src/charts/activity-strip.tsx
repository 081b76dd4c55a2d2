import { formatNumber } from '../format/format-number.ts'
import classes from './activity-strip.module.css'

/**
 * On which days there were requests: how many days, and a strip of all of them, the oldest first, filled where there were any. It is of
 * one height, so that rows can be compared; how many requests there were is a number of its own.
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
