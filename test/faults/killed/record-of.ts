import type { Window } from '../../../shared/domain/window.ts'
import { RecordRepository } from '../../../shared/storage/records.ts'
import type { Table } from '../../../shared/storage/table-access.ts'
import { recordedRows } from './recorded-rows.ts'

/** The record of an integration: each person who was not removed, each usage row and each user’s costs, in one order for all. */
export async function recordOf(table: Table, integrationId: string, window: Window): Promise<string[]> {
  const { people, series } = await new RecordRepository(table).readRecord(integrationId, window)
  const present = people.filter((person) => person.removedAt === null)
  return [...present, ...recordedRows(series)].map((entry) => JSON.stringify(entry)).toSorted()
}
