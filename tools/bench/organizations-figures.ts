import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { writeSnapshot } from '../../test/storage/write-snapshot.ts'
import { ApiProcess } from './bench-processes.ts'
import type { Figures } from './figure.ts'
import { heapOnLambda } from './heap-limits.ts'
import { INTEGRATION_ID } from './measured-company.ts'
import { FUNCTION_MB, memoryFigure } from './memory-figures.ts'
import type { Stage } from './stage.ts'
import { clientConfig } from './table-connection.ts'

/** Of the function's memory, for an idle Node process and Lambda's runtime. */
const IDLE_MB = 128

/** The memory of one api process that answers about many organizations, all of them at once first. */
export async function organizationsFigures(stage: Stage, organizations: number): Promise<Figures> {
  const ids = await copyOrganization(stage, organizations)
  const api = new ApiProcess(heapOnLambda(FUNCTION_MB))
  try {
    await api.open(stage.table)
    const usersOf = (id: string) => `/v1/integrations/${id}/users?sort=-requests&limit=1000`
    await Promise.all(ids.map((id) => api.answerBrowser(usersOf(id))))
    for (const id of ids) await api.answerBrowser(`/v1/integrations/${id}/usage?groupBy=user`)
    let reads = 0
    for (const id of ids) reads += (await api.answer(usersOf(id))).table.reads
    const what = `${organizations} organizations of ${stage.members.toLocaleString('en')} members in one api process`
    const memory = await memoryFigure(`Memory of ${what}`, FUNCTION_MB - IDLE_MB, await api.peakBytes())
    const goal = { counted: reads, goal: organizations, relation: 'equal' } as const
    return { timed: [], counted: [memory, { what: `Second lists of ${what}: reads of the table`, ...goal }] }
  } finally {
    await api.stop()
  }
}

/** Puts copies of the measured organization into its table. Returns their ids. */
async function copyOrganization({ table: connection }: Stage, copies: number): Promise<string[]> {
  const client = createDocumentClient(clientConfig(connection))
  const table = new Table({ client, tableName: connection.tableName })
  const integrations = new IntegrationRepository(table)
  const original = await integrations.getIntegration(INTEGRATION_ID)
  if (original.published === null) throw new Error('The measured organization has no snapshot.')
  const snapshot = await new SnapshotRepository(table).readSnapshot(INTEGRATION_ID, original.published)
  const ids = Array.from({ length: copies }, (_, copy) => `01KBENCHCOPY${String(copy).padStart(14, '0')}`)
  for (const id of ids) {
    // Each repository paces its own writes.
    const published = await writeSnapshot(new SnapshotRepository(table), id, 'copy', snapshot)
    await integrations.createIntegration({ ...original, id, name: `Copy ${id}`, published })
  }
  client.destroy()
  return ids
}
