/** A record whose values are made when they are first asked for. What a value was made from is released then. */
export function lazyRecord<Value>(makers: Iterable<readonly [name: string, make: () => Value]>): Record<string, Value> {
  const record: Record<string, Value> = {}
  for (const [name, make] of makers) {
    const get = () => {
      const value = make()
      Object.defineProperty(record, name, { enumerable: true, value })
      return value
    }
    Object.defineProperty(record, name, { configurable: true, enumerable: true, get })
  }
  return record
}
