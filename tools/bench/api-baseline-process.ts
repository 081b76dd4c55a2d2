import { zstdDecompressSync } from 'node:zlib'
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { pMapIterable } from 'p-map'
import * as z from 'zod'
import { generationOf } from '../../shared/storage/generation.ts'
import { keys } from '../../shared/storage/table.ts'
import type { ItemKey } from '../../shared/storage/table.ts'
import { serve, timed } from './child.ts'
import { bareClient, connectionSchema } from './table-connection.ts'

// The baseline of the answers, without Rollcall's code: reads and answers one item, or decodes a snapshot's items.
const PARTS_AT_ONCE = 4
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

async function itemAt({ pk, sk }: ItemKey) {
  if (table === undefined) throw new Error('There is no table.')
  const { client, tableName } = table
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
  )
  if (item === undefined) throw new Error(`The item ${pk} ${sk} is not there.`)
  return item
}
