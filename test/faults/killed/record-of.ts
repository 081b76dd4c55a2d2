import type { Window } from '../../../shared/domain/window.ts'
import { RecordRepository } from '../../../shared/storage/records.ts'
import type { Table } from '../../../shared/storage/table-access.ts'
import { rowsIn } from '../../builders.ts'

/** The record of an integration, an entry for each person who was not removed and each usage row, in one order for all. */
export async function recordOf(table: Table, integrationId: string, window: Window): Promise<string[]> {
  const { people, series } = await new RecordRepository(table).readRecord(integrationId, window)
  const present = people.filter((person) => person.removedAt === null)
  return [...present, ...rowsIn(series.usage)].map((entry) => JSON.stringify(entry)).toSorted()
}
