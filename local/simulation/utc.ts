import { MS_PER_DAY } from '../../shared/domain/day.ts'

/** The number of the UTC day that contains an instant, counted from 1970-01-01. */
export function dayNumberOf(at: Date | number): number {
  return Math.floor(Number(at) / MS_PER_DAY)
}

/** An instant in unix seconds. */
export function unixSecondsOf(ms: number): number {
  return Math.floor(ms / 1000)
}
