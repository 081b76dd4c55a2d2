import { batchGet } from './batch-get.ts'
import type { ItemKey } from './table.ts'
import type { Item, Table } from './table-access.ts'

/** Several requests of this size are under way while the items of one are used. */
const BATCH_SIZE = 16

interface Wanted {
  readonly key: ItemKey
  readonly item: PromiseWithResolvers<Item | undefined>
}

/** Reads items by their keys, strongly consistent. What is wanted in one turn of the event loop is requested together: a request for each took longer than decoding it. */
export class BatchedReads {
  private readonly table: Table
  private wanted = new Map<string, Wanted>()

  constructor(table: Table) {
    this.table = table
  }

  /** Undefined for an item that does not exist. Throws `UnprocessedItemsError`. */
  find(key: ItemKey): Promise<Item | undefined> {
    const name = nameOf(key)
    const known = this.wanted.get(name)
    if (known !== undefined) return known.item.promise
    const item = Promise.withResolvers<Item | undefined>()
    if (this.wanted.size === 0) setImmediate(() => this.send())
    this.wanted.set(name, { key, item })
    return item.promise
  }

  private send(): void {
    const wanted = [...this.wanted.values()]
    this.wanted = new Map()
    for (let at = 0; at < wanted.length; at += BATCH_SIZE) void this.read(wanted.slice(at, at + BATCH_SIZE))
  }

  private async read(batch: readonly Wanted[]): Promise<void> {
    try {
      const items = await batchGet(
        this.table,
        batch.map(({ key }) => key),
      )
      const found = new Map(items.map((item) => [nameOf({ pk: String(item['pk']), sk: String(item['sk']) }), item]))
      for (const { key, item } of batch) item.resolve(found.get(nameOf(key)))
    } catch (error) {
      for (const { item } of batch) item.reject(error)
    }
  }
}

function nameOf({ pk, sk }: ItemKey): string {
  return JSON.stringify([pk, sk])
}
