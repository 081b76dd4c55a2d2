import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { serve, timed } from './child.ts'
import { bareClient, connectionSchema, type TableConnection } from './table-connection.ts'

// The baseline of a sync, without Rollcall's code: fetches and parses the pages, and puts the items.
type Item = Record<string, AttributeValue>

const BATCH_SIZE = 25
const BATCHES_AT_ONCE = 4
const planSchema = z.object({ key: z.string(), chains: z.array(z.array(z.string())) })
const partitionsSchema = z.object({ table: connectionSchema, partitions: z.array(z.string()).nullable() })

let plan: z.infer<typeof planSchema> = { key: '', chains: [] }
let items: Item[] = []
let target: { client: DynamoDBClient; tableName: string } | undefined

serve({
  /** The pages as chains. The pages of a chain are fetched in sequence, the chains concurrently. */
  plan: async (argument) => {
    plan = planSchema.parse(argument)
  },
  /** Loads the items to write from a table, from some partitions or all. Returns their number. */
  load: async (argument) => {
    const { table, partitions } = partitionsSchema.parse(argument)
    items = await itemsOf(table, partitions)
    return items.length
  },
  into: async (argument) => {
    const connection = connectionSchema.parse(argument)
    target = { client: bareClient(connection), tableName: connection.tableName }
  },
  fetch: () => timed(() => fetchAll()),
  fetchAndWrite: () =>
    timed(async () => {
      await fetchAll()
      await writeAll()
    }),
})

async function fetchAll(): Promise<void> {
  const headers = { authorization: `Bearer ${plan.key}` }
  await Promise.all(
    plan.chains.map(async (chain) => {
      for (const url of chain) {
        const response = await fetch(url, { headers })
        JSON.parse(await response.text())
      }
    }),
  )
}

async function writeAll(): Promise<void> {
  if (target === undefined) throw new Error('There is no table to write into.')
  const { client, tableName } = target
  let next = 0
  const work = async () => {
    while (next < items.length) {
      const batch = items.slice(next, next + BATCH_SIZE)
      next += BATCH_SIZE
      let requests = batch.map((item) => ({ PutRequest: { Item: item } }))
      while (requests.length > 0) {
        const reply = await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }))
        const left = reply.UnprocessedItems?.[tableName] ?? []
        requests = left.flatMap(({ PutRequest }) =>
          PutRequest?.Item === undefined ? [] : [{ PutRequest: { Item: PutRequest.Item } }],
        )
      }
    }
  }
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, work))
}

async function itemsOf(connection: TableConnection, partitions: readonly string[] | null): Promise<Item[]> {
  const client = bareClient(connection)
  if (partitions === null) {
    return pages((start) => client.send(new ScanCommand({ TableName: connection.tableName, ExclusiveStartKey: start })))
  }
  const found: Item[] = []
  for (const pk of partitions) {
    const query = {
      TableName: connection.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    }
    found.push(...(await pages((start) => client.send(new QueryCommand({ ...query, ExclusiveStartKey: start })))))
  }
  return found
}

async function pages(
  read: (start: Item | undefined) => Promise<{ Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined }>,
): Promise<Item[]> {
  const found: Item[] = []
  let start: Item | undefined
  do {
    const page = await read(start)
    found.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return found
}
