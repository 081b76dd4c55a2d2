import { expect } from '@jest/globals'
import { RecordRepository } from '../../shared/storage/records.ts'
import type { Table } from '../../shared/storage/table-access.ts'
import { rowsIn } from '../builders.ts'
import type { ModelUsage } from '../model/organization.ts'
import type { SyncedBench } from './provider-bench.ts'

/** The record, read past the proxy, holds what the model has: nobody and nothing more or less. */
export async function expectRecord(
  { api, id, model }: SyncedBench,
  { clean }: { readonly clean: Table },
): Promise<void> {
  const { published } = await api.dependencies.integrations.getIntegration(id)
  if (published === null || model.published === null) throw new Error('Nothing is published.')
  const record = await new RecordRepository(clean).readRecord(id, published.dataSets.directory.window)
  expect(Object.fromEntries(record.people.map((person) => [person.userId, person.removedAt]))).toEqual(
    Object.fromEntries(model.published.people.map((person) => [person.id, person.removedAt])),
  )
  expect(sorted(rowsIn(record.series.usage))).toEqual(sorted(model.published.usage))
}

function sorted(usage: readonly ModelUsage[]): ModelUsage[] {
  const placeOf = ({ day, userId, model }: ModelUsage) => JSON.stringify([day, userId, model])
  return usage.toSorted((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
}
