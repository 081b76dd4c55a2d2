import { Cron } from 'croner'
import { MS_PER_DAY } from '../domain/day.ts'
import type { Schedule } from './schedule.ts'

/** An invalid schedule, which AWS would reject. The message names the cause. */
export class InvalidScheduleError extends Error {
  readonly expression: string

  constructor(expression: string, reason: string, cause?: unknown) {
    super(`The schedule ${expression} is not valid: ${reason}`, { cause })
    this.name = 'InvalidScheduleError'
    this.expression = expression
  }
}

/** A parsed schedule. `nextAfter` returns the first run after an instant, or null when there is none. */
interface ParsedSchedule {
  nextAfter(instant: Date): Date | null
}

/** The time that a run may take before its data counts as missed. */
const GRACE_MS = 10 * 60_000

const MS_PER_UNIT = { second: 1_000, minute: 60_000, hour: 3_600_000, day: MS_PER_DAY } as const

/** The highest value of each field of an AWS cron expression, for `start/step`, which continues to the end. */
const FIELDS = [
  { name: 'minutes', highest: '59' },
  { name: 'hours', highest: '23' },
  { name: 'day of month', highest: '31' },
  { name: 'month', highest: '12' },
  { name: 'day of week', highest: '7' },
  { name: 'year', highest: '2199' },
] as const

/**
 * Parses an expression of AWS EventBridge Scheduler: `rate(6 hours)` or the six fields of `cron(0 6 * * ? *)`. Seconds
 * are an extension for intervals on one machine. Throws `InvalidScheduleError`. Source:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseSchedule(schedule: Pick<Schedule, 'expression' | 'timeZone'>): ParsedSchedule {
  const [, kind, inner] = /^(rate|cron)\(([^()]*)\)$/.exec(schedule.expression) ?? []
  if (kind === undefined || inner === undefined) {
    throw new InvalidScheduleError(schedule.expression, 'it is neither rate(…) nor cron(…).')
  }
  return kind === 'rate' ? parseRate(schedule.expression, inner) : parseCron(schedule, inner)
}

/** The first run after an instant. Null when the schedule has none. Throws `InvalidScheduleError`. */
export function nextRunAfter(schedule: Pick<Schedule, 'expression' | 'timeZone'>, after: Date): Date | null {
  return parseSchedule(schedule).nextAfter(after)
}

/**
 * True after two missed runs: the second run after `syncedAt` was due more than ten minutes ago, and no sync has
 * finished since.
 */
export function isStale(schedule: Pick<Schedule, 'expression' | 'timeZone'>, syncedAt: Date, now: Date): boolean {
  const parsed = parseSchedule(schedule)
  const first = parsed.nextAfter(syncedAt)
  const second = first === null ? null : parsed.nextAfter(first)
  return second !== null && now.getTime() > second.getTime() + GRACE_MS
}

/**
 * AWS counts a rate from the schedule's creation, which is not known here, so runs are placed at multiples of the
 * period.
 */
function parseRate(expression: string, inner: string): ParsedSchedule {
  const [, count, unit] = /^([1-9]\d{0,6}) (second|minute|hour|day)s?$/.exec(inner) ?? []
  if (count === undefined || (unit !== 'second' && unit !== 'minute' && unit !== 'hour' && unit !== 'day')) {
    throw new InvalidScheduleError(expression, 'a rate is a whole number and minutes, hours or days.')
  }
  const periodMs = Number(count) * MS_PER_UNIT[unit]
  return { nextAfter: (instant) => new Date((Math.floor(instant.getTime() / periodMs) + 1) * periodMs) }
}

function parseCron(schedule: Pick<Schedule, 'expression' | 'timeZone'>, inner: string): ParsedSchedule {
  const { expression, timeZone } = schedule
  requireTimeZone(expression, timeZone)
  const fields = inner.trim().split(/\s+/)
  if (fields.length !== FIELDS.length) {
    throw new InvalidScheduleError(expression, 'cron takes six fields: minutes hours day month weekday year.')
  }
  if ((fields[2] === '?') === (fields[4] === '?')) {
    throw new InvalidScheduleError(expression, 'exactly one of day of month and day of week must be “?”.')
  }
  const pattern = fields.map((field, index) => toCronerField(expression, field, index))
  try {
    const cron = new Cron(`0 ${pattern.join(' ')}`, {
      mode: '7-part',
      alternativeWeekdays: true,
      timezone: timeZone,
      paused: true,
    })
    return { nextAfter: (instant) => cron.nextRun(instant) }
  } catch (error) {
    throw new InvalidScheduleError(expression, error instanceof Error ? error.message : 'it cannot be read.', error)
  }
}

/**
 * Converts a field from AWS's syntax to croner's: `5/10` continues to the field's end, `6L` is the month's last Friday.
 */
function toCronerField(expression: string, field: string, index: number): string {
  const { name, highest } = FIELDS[index] ?? { name: 'field', highest: '' }
  const isDayField = name === 'day of month' || name === 'day of week'
  const isReadable = /^[0-9A-Za-z*,/#-]+$/.test(field) || (isDayField && field === '?')
  if (!isReadable || (name === 'day of week' && /(^|[,-])[089]/.test(field))) {
    throw new InvalidScheduleError(expression, `the ${name} “${field}” cannot be read.`)
  }
  if (name === 'year' && yearsIn(field).some((year) => year < 1970 || year > Number(highest))) {
    throw new InvalidScheduleError(expression, `the year “${field}” is not within 1970 and ${highest}.`)
  }
  return field
    .split(',')
    .map((item) => {
      if (name === 'day of week' && item.toUpperCase() === 'L') return 'SAT'
      if (name === 'day of week' && /^[1-7]L$|^[A-Z]{3}L$/i.test(item)) return `${item.slice(0, -1)}#L`
      return item.replace(/^([0-9A-Za-z]+)\/(\d+)$/, `$1-${highest}/$2`)
    })
    .join(',')
}

/** The number after a slash is the interval in years. */
function yearsIn(field: string): number[] {
  return (field.match(/(?<![/\d])\d+/g) ?? []).map(Number)
}

function requireTimeZone(expression: string, timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone }).format(0)
  } catch (error) {
    throw new InvalidScheduleError(expression, `there is no time zone “${timeZone}”.`, error)
  }
}
