import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateTableCommand, DescribeTableCommand, ResourceInUseException } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { createTableInput } from '../../shared/storage/table.ts'
import { Table } from '../../shared/storage/table-access.ts'

const TABLE_NAME = 'rollcall'
const POLL_MS = 5
const POLLS_AT_MOST = 2_000

/** A table on an emulator in this process that speaks DynamoDB's protocol. */
export interface EmulatedTable {
  readonly table: Table
  close(): Promise<void>
}

/**
 * Starts the emulator on a free port of 127.0.0.1, with its files in `path`, or in memory without one. It only answers
 * requests signed with an access key id that this process generated, so other programs on the machine have no access.
 */
export async function startEmulatedTable(path?: string): Promise<EmulatedTable> {
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) })
  const accessKeyId = randomBytes(16).toString('hex')
  const answered = refuseOthers(server, accessKeyId)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The emulator has no port.')
  const client = createDocumentClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey: 'unused' },
  })
  const table = new Table({ client, tableName: TABLE_NAME })
  await createTable(table)
  return {
    table,
    close: async () => {
      await answered()
      client.destroy()
      server.closeAllConnections()
      // The 'close' event comes before the files are closed; the callback comes after.
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error == null ? resolve() : reject(error)))
      })
    },
  }
}

/** Creates the table unless it exists, and waits until it is usable. */
export async function createTable({ client, tableName }: Table): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(tableName)))
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
  for (let poll = 0; poll < POLLS_AT_MOST; poll += 1) {
    const { Table: description } = await client.send(new DescribeTableCommand({ TableName: tableName }))
    if (description?.TableStatus === 'ACTIVE') return
    await sleep(POLL_MS)
  }
  throw new Error('The emulated table did not become active.')
}

/**
 * Every signed request contains the access key id in its Authorization header.
 *
 * @returns waits until each request that arrived has its answer, whether its client still waits or not: the emulator
 *   ends the whole process when its files are closed while it reads them for one
 */
export function refuseOthers(server: Server, accessKeyId: string): () => Promise<void> {
  const [answer] = server.listeners('request')
  if (answer === undefined) throw new Error('The emulator does not answer requests.')
  const unanswered = new Set<Promise<void>>()
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.authorization?.includes(`Credential=${accessKeyId}/`) !== true) {
      response.writeHead(403).end()
      return
    }
    const ended = answerEnds(request, response).then(() => void unanswered.delete(ended))
    unanswered.add(ended)
    answer.call(server, request, response)
  })
  return async () => {
    while (unanswered.size > 0) await Promise.all(unanswered)
  }
}

/** Settles when the answer is written, or when its client left before the request was whole, which gets none. */
function answerEnds(request: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = response.end.bind(response)
    response.end = ((...args: Parameters<typeof end>) => {
      resolve()
      return end(...args)
    }) as typeof response.end
    response.once('close', () => {
      if (!request.readableEnded) resolve()
    })
  })
}
