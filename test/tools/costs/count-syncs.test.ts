import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from '@jest/globals'
import { ASSUMPTIONS } from '../../../tools/costs/assumptions.ts'
import { countSyncs } from '../../../tools/costs/count-syncs.ts'
import { RequestCounter } from '../../../tools/costs/request-counter.ts'
import { startLocalTable } from '../../storage/local-table.ts'

test('Units are rounded up as in DynamoDB: writes by 1 KB, consistent reads by 4 KB, an empty answer as one', async () => {
  const local = await startLocalTable()
  const { table } = local
  try {
    const counter = new RequestCounter(table.client)
    const TableName = table.tableName
    // Names and values count: pk, a, sk, b, data and 1,018 bytes make 1,028.
    await table.client.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b', data: 'x'.repeat(1_018) } }))
    expect(counter.take()).toEqual({ requests: 1, writeUnits: 2, readUnits: 0 })
    await table.batchWrite([{ put: { pk: 'a', sk: 'c', data: 'x'.repeat(4_000) } }, { delete: { pk: 'a', sk: 'b' } }])
    expect(counter.take()).toEqual({ requests: 1, writeUnits: 4 + 2, readUnits: 0 })
    const ofPartition = (pk: string) =>
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      })
    await table.client.send(ofPartition('a'))
    await table.client.send(ofPartition('nothing'))
    expect(counter.take()).toEqual({ requests: 2, writeUnits: 0, readUnits: 1 + 1 })
  } finally {
    await local.close()
  }
})

test('The syncs of a small organization write what changed, and a sync without changes only writes itself', async () => {
  const { syncs, snapshotParts, syncSeconds } = await countSyncs({ ...ASSUMPTIONS, members: 3, windowDays: 2 })
  // One of people, one of usage, one of costs.
  expect(snapshotParts).toBe(3)
  expect(syncSeconds).toBe(30)
  // Beside what a quiet one writes: three people, six of their days, their costs of a whole month and more, and small snapshots.
  const quiet = syncs.quietAgain.writeUnits
  expect(syncs.first.writeUnits - quiet).toBeGreaterThanOrEqual(9 + 3 * 28)
  expect(syncs.newDay.writeUnits).toBeGreaterThan(syncs.quietAgain.writeUnits + 6)
  expect(syncs.quiet.writeUnits).toBeGreaterThan(quiet)
})
