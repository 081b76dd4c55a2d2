import type { Repositories } from '../../../shared/storage/repositories.ts'
import { recordedRows } from './recorded-rows.ts'

type Stores = Pick<Repositories, 'integrations' | 'snapshots' | 'records'>

/** All items of an integration's record, and what is published, each as JSON in one order: they must be equal. */
export async function recordAndPublished({ integrations, snapshots, records }: Stores, id: string) {
  const { published, record } = await integrations.getIntegration(id)
  if (published === null || record === null) throw new Error('Nothing is published.')
  const inOneOrder = ({ people, series }: Awaited<ReturnType<typeof records.readRecord>>) =>
    [...people, ...recordedRows(series)].map((entry) => JSON.stringify(entry)).toSorted()
  return {
    record: inOneOrder(await records.readRecord(id, record.window)),
    published: inOneOrder(await snapshots.readSnapshot(id, published)),
  }
}
