import type { Switches } from './switches.ts'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { dayNumberOf } from '../simulation/utc.ts'

/** A part of one UTC day, in milliseconds. The end is exclusive. */
export interface Bucket {
  readonly from: number
  readonly to: number
}

/**
 * Buckets are split at UTC midnights. The first begins at the start; the last ends at the end or at now, whichever is
 * earlier.
 */
export function bucketsOf(startMs: number, endMs: number, now: Date, switches: Switches): Bucket[] {
  const nowMs = Math.ceil(now.getTime() / 1000) * 1000
  const untilMs = switches.futureBuckets ? endMs : Math.min(endMs, nowMs)
  const buckets: Bucket[] = []
  for (let from = startMs; from < untilMs;) {
    const to = Math.min((dayNumberOf(from) + 1) * MS_PER_DAY, untilMs)
    buckets.push({ from, to })
    from = to
  }
  const leftOut = new Set(switches.daysLeftOut.map((day) => dayNumberOf(Date.parse(day))))
  if (switches.todayMissing) leftOut.add(dayNumberOf(now))
  return buckets.filter((bucket) => !leftOut.has(dayNumberOf(bucket.from)))
}
