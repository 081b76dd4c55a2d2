import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Table } from '../../shared/storage/table-access.ts'

/** Everything in the table, page after page. */
export async function* everyItem(table: Table): AsyncGenerator<Record<string, unknown>> {
  let startKey: Record<string, unknown> | undefined
  do {
    const page = await table.client.send(new ScanCommand({ TableName: table.tableName, ExclusiveStartKey: startKey }))
    yield* page.Items ?? []
    startKey = page.LastEvaluatedKey
  } while (startKey !== undefined)
}

/** The keys of everything in the table that belongs to an integration. Audit events, which survive it, are left out. */
export async function itemsOf(table: Table, integrationId: string): Promise<string[]> {
  const found: string[] = []
  for await (const item of everyItem(table)) {
    const text = JSON.stringify(item)
    if (item['pk'] !== 'AUDIT' && text.includes(integrationId))
      found.push(`${String(item['pk'])} ${String(item['sk'])}`)
  }
  return found
}
