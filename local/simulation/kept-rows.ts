/** About 10 MB. Rows of a large company are made again for each report. */
const ROWS_AT_MOST = 50_000

/** Rows that were made for a report, for others that ask for the same. All are released when there are too many. */
export class KeptRows<Row> {
  private readonly lists = new Map<string, readonly Row[]>()
  private count = 0

  /** The rows of a key, which `make` makes unless they are kept. */
  rowsOf(key: string, make: () => readonly Row[]): readonly Row[] {
    const kept = this.lists.get(key)
    if (kept !== undefined) return kept
    const made = make()
    // An empty list counts, too.
    const count = made.length + 1
    if (this.count + count > ROWS_AT_MOST) {
      this.lists.clear()
      this.count = 0
    }
    this.lists.set(key, made)
    this.count += count
    return made
  }
}
