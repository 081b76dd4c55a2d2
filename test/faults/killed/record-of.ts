import { everyItem } from '../../api/stored-items.ts'
import type { Window } from '../../../shared/domain/window.ts'
import { RecordRepository } from '../../../shared/storage/records.ts'
import { type Item, Table } from '../../../shared/storage/table-access.ts'
import { recordedRows } from './recorded-rows.ts'

/** The record of an integration: each person who was not removed, each usage row and each user’s costs, in one order for all. */
export async function recordOf(table: Table, integrationId: string, window: Window): Promise<string[]> {
  const { people, series } = await new RecordRepository(await ScannedTable.of(table)).readRecord(integrationId, window)
  const present = people.filter((person) => person.removedAt === null)
  return [...present, ...recordedRows(series)].map((entry) => JSON.stringify(entry)).toSorted()
}

/** Answers queries from one scan. The repository asks for each day of each series, hundreds of times, which takes ten times as long. */
class ScannedTable extends Table {
  private readonly partitions: ReadonlyMap<unknown, readonly Item[]>

  private constructor(table: Table, partitions: ReadonlyMap<unknown, readonly Item[]>) {
    super(table)
    this.partitions = partitions
  }

  static async of(table: Table): Promise<ScannedTable> {
    const items: Item[] = []
    for await (const item of everyItem(table)) items.push(item)
    return new ScannedTable(
      table,
      Map.groupBy(items, ({ pk }) => pk),
    )
  }

  /** All items of a partition, in ascending order, which is that of a scan. */
  override async *queryAll(pk: string): AsyncGenerator<Item> {
    yield* this.partitions.get(pk) ?? []
  }
}
