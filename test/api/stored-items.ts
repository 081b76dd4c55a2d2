import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Table } from '../../shared/storage/table-access.ts'

/** Keys of everything in the table that belongs to an integration; audit events, which outlive it, left out. */
export async function itemsOf(table: Table, integrationId: string): Promise<string[]> {
  const found: string[] = []
  let startKey: Record<string, unknown> | undefined
  do {
    const page = await table.client.send(new ScanCommand({ TableName: table.tableName, ExclusiveStartKey: startKey }))
    for (const item of page.Items ?? []) {
      const text = JSON.stringify(item)
      if (item['pk'] !== 'AUDIT' && text.includes(integrationId)) found.push(`${item['pk']} ${item['sk']}`)
    }
    startKey = page.LastEvaluatedKey
  } while (startKey !== undefined)
  return found
}
