/** A `Date` as another one, whose clock is ahead of that one's by so many milliseconds, and runs on. */
export function movedClock(date: DateConstructor, aheadMs: number): DateConstructor {
  const nowThere = date.now.bind(date)
  const now = () => nowThere() + aheadMs
  return new Proxy(date, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    get: (target, property, receiver): unknown => (property === 'now' ? now : Reflect.get(target, property, receiver)),
  })
}
