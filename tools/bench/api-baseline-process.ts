import { zstdDecompressSync } from 'node:zlib'
import { type AttributeValue, type DynamoDBClient, GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb'
import { pMapIterable } from 'p-map'
import * as z from 'zod'
import { generationOf, SUMMARY } from '../../shared/storage/generation.ts'
import { keys } from '../../shared/storage/table.ts'
import type { ItemKey } from '../../shared/storage/table.ts'
import { serve, timed } from './child.ts'
import { bareClient, connectionSchema } from './table-connection.ts'

// The baseline of the answers, without Rollcall's code: reads and answers one item, or decodes a snapshot's items.
const PARTS_AT_ONCE = 4
/** A summary mostly has one part. */
const SUMMARIES_AT_ONCE = 16
const workSchema = z.object({ id: z.string(), times: z.int(), body: z.unknown() })
let table: { client: DynamoDBClient; tableName: string } | undefined

serve({
  open: async (argument) => {
    const connection = connectionSchema.parse(argument)
    table = { client: bareClient(connection), tableName: connection.tableName }
  },
  call: (argument) => {
    const { id, times, body } = workSchema.parse(argument)
    return timed(async () => {
      for (let done = 0; done < times; done += 1) {
        await itemAt(keys.integration(id))
        JSON.stringify(body)
      }
    })
  },
  decode: (argument) => {
    const { id } = z.object({ id: z.string() }).parse(argument)
    return timed(() => decodeSnapshot(id))
  },
  decodeSummaries: () => timed(decodeSummaries),
  decodeReview: (argument) => timed(() => decodeReview(z.string().parse(argument))),
})

/**
 * Reads the integration, then the parts of its snapshots. Up to four reads are in flight while one part is decompressed and
 * parsed.
 */
async function decodeSnapshot(id: string): Promise<void> {
  const { published } = await itemAt(keys.integration(id))
  const readings = published?.M?.['readings']?.L ?? []
  const pointers = readings.flatMap(({ M: reading }) => Object.entries(reading?.['dataSets']?.M ?? {}))
  const parts = pointers.flatMap(([dataSet, { M: pointer }]) =>
    Array.from({ length: Number(pointer?.['parts']?.N) }, (_, place) =>
      keys.snapshotPart(id, generationOf(dataSet, pointer?.['run']?.S ?? ''), place),
    ),
  )
  for await (const { data } of pMapIterable(parts, itemAt, { concurrency: PARTS_AT_ONCE })) {
    JSON.parse(zstdDecompressSync(data?.B ?? new Uint8Array()).toString('utf8'))
  }
}

/** Reads all integrations, then the parts of their summaries. A summary is one compressed text. */
async function decodeSummaries(): Promise<void> {
  const integrations = await itemsOf(keys.integrations)
  const read = async ({ id, published }: Record<string, AttributeValue>) => {
    const { run, parts } = published?.M?.['summary']?.M ?? {}
    const generation = generationOf(SUMMARY, run?.S ?? '')
    const places = Array.from({ length: Number(parts?.N) }, (_, place) =>
      keys.snapshotPart(id?.S ?? '', generation, place),
    )
    return Promise.all(places.map((place) => itemAt(place)))
  }
  for await (const parts of pMapIterable(integrations, read, { concurrency: SUMMARIES_AT_ONCE })) {
    const packed = Buffer.concat(parts.map(({ data }) => data?.B ?? new Uint8Array()))
    JSON.parse(zstdDecompressSync(packed).toString('utf8'))
  }
}

/** Reads the parts and the decisions of a review. Parts are decompressed and parsed. */
async function decodeReview(id: string): Promise<void> {
  const [parts] = await Promise.all([itemsOf(keys.reviewParts(id)), itemsOf(keys.reviewDecisions(id))])
  for (const { data } of parts) JSON.parse(zstdDecompressSync(data?.B ?? new Uint8Array()).toString('utf8'))
}

async function itemsOf(partition: string): Promise<Record<string, AttributeValue>[]> {
  const { client, tableName } = opened()
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partition } },
      ConsistentRead: true,
    },
  )
  const items: Record<string, AttributeValue>[] = []
  for await (const { Items: page = [] } of pages) items.push(...page)
  return items
}

function opened() {
  if (table === undefined) throw new Error('There is no table.')
  return table
}

async function itemAt({ pk, sk }: ItemKey) {
  const { client, tableName } = opened()
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
  )
  if (item === undefined) throw new Error(`The item ${pk} ${sk} is not there.`)
  return item
}
