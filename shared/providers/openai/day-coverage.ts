import { addDays, dayOf, startOfDay, type Day } from '../../domain/day.ts'
import { daysOfWindow, type Window } from '../../domain/window.ts'
import { unexpectedReply } from '../http/errors.ts'

const SECONDS_PER_DAY = 86_400

/** One day of a report, as OpenAI sends it. */
export interface DayBucket<Row = unknown> {
  readonly start_time: number
  readonly end_time: number
  readonly results: readonly Row[]
}

/**
 * Tracks which days of a range have arrived, in order. Refuses buckets that would count a day twice or wrongly: duplicate, out
 * of order, outside the range, or shorter than their day. Days that a sequence of pages leaves out are recorded. OpenAI lists
 * every day, so they should be empty, but only the stored data shows whether they are.
 */
export class DayCoverage {
  /** The first day that has not arrived, or the day after the range when all have. */
  next: Day
  readonly leftOut: Day[] = []
  private readonly dataSet: string
  private readonly range: Window
  private readonly today: Day

  constructor(dataSet: string, range: Window, today: Day) {
    this.dataSet = dataSet
    this.range = range
    this.today = today
    this.next = range.from
  }

  get isComplete(): boolean {
    return this.next > this.range.to
  }

  /** How many days have arrived or were left out. */
  get daysRead(): number {
    return daysOfWindow(this.range).filter((day) => day < this.next).length
  }

  /**
   * Accepts all buckets of a page or none, and returns each with its day. If the page ends at now, days after the range are
   * ignored, since they were not requested.
   */
  accept<Bucket extends DayBucket>(
    buckets: readonly Bucket[],
    { endsNow }: { endsNow: boolean },
  ): { day: Day; bucket: Bucket }[] {
    const asked = endsNow ? buckets.filter((bucket) => startOf(bucket) <= this.range.to) : buckets
    let { next } = this
    const leftOut: Day[] = []
    const accepted = asked.map((bucket) => {
      const day = this.dayOfBucket(bucket)
      if (day < next) throw this.unexpected(`the day ${day} comes twice, out of order or unasked`)
      for (; next < day; next = addDays(next, 1)) leftOut.push(next)
      next = addDays(day, 1)
      return { day, bucket }
    })
    this.next = next
    this.leftOut.push(...leftOut)
    return accepted
  }

  /** Called when OpenAI has no more pages. The days that have not arrived are left out. */
  finish(): void {
    for (; !this.isComplete; this.next = addDays(this.next, 1)) this.leftOut.push(this.next)
  }

  private dayOfBucket(bucket: DayBucket): Day {
    const day = startOf(bucket)
    const startsAt = startOfDay(day).getTime() / 1000
    const endsAt = startsAt + SECONDS_PER_DAY
    if (bucket.start_time !== startsAt) throw this.unexpected(`a bucket begins within the day ${day}`)
    if (day > this.range.to) throw this.unexpected(`the day ${day} was not asked for`)
    // The current day can end at the time of the reply.
    const isWhole = bucket.end_time === endsAt
    const isCut = day >= this.today && bucket.end_time > startsAt && bucket.end_time < endsAt
    if (!isWhole && !isCut) throw this.unexpected(`the bucket of ${day} is not its day`)
    if (day > this.today && bucket.results.length > 0) throw this.unexpected(`results on ${day}, a day to come`)
    return day
  }

  private unexpected(reason: string): Error {
    return unexpectedReply(this.dataSet, reason)
  }
}

function startOf(bucket: DayBucket): Day {
  return dayOf(new Date(bucket.start_time * 1000))
}
