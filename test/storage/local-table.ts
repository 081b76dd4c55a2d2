import { EventEmitter } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { createTable, type EmulatedTable } from '../../local/services/emulated-table.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { Table } from '../../shared/storage/table-access.ts'

type RequestHandler = Extract<DynamoDBClientConfig['requestHandler'], { handle: unknown }>
type HttpRequest = Parameters<RequestHandler['handle']>[0]
type HttpResponse = Awaited<ReturnType<RequestHandler['handle']>>['response']

/** What the emulator wants to see of a signed request; it checks no signature. */
const SIGNED = {
  authorization: 'AWS4-HMAC-SHA256 Credential=none, SignedHeaders=host, Signature=none',
  'x-amz-date': '20261124T120000Z',
}

/**
 * A table of its own in memory, on DynamoDB's protocol. Requests reach the emulator without sockets and signatures, which
 * took as long as the rest of them: for those there is `startEmulatedTable`, as `npm start` has it.
 */
export async function startLocalTable(): Promise<EmulatedTable> {
  const emulator = dynalite({ createTableMs: 0 })
  const client = createDocumentClient({
    endpoint: 'http://table.example',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    signer: { sign: (request) => Promise.resolve(request) },
    requestHandler: {
      handle: async (request: HttpRequest) => ({ response: await answerOf(emulator, request) }),
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  })
  const table = new Table({ client, tableName: 'rollcall' })
  await createTable(table)
  return {
    table,
    close: async () => client.destroy(),
  }
}

/** Lets the emulator answer as if a request had come by HTTP, not before the next turn. */
async function answerOf(emulator: ReturnType<typeof dynalite>, request: HttpRequest): Promise<HttpResponse> {
  const { method, path, headers, body } = request
  const { promise, resolve } = Promise.withResolvers<HttpResponse>()
  const received = Object.assign(new EventEmitter(), { method, url: path, headers: { ...headers, ...SIGNED } })
  const answered: Record<string, string> = {}
  const response = {
    statusCode: 200,
    setHeader: (name: string, value: unknown) => void (answered[name.toLowerCase()] = String(value)),
    end: (text: string) => resolve({ statusCode: response.statusCode, headers: answered, body: Buffer.from(text) }),
  }
  await nextTurn()
  emulator.emit('request', received, response)
  received.emit('data', Buffer.concat([body]))
  received.emit('end')
  return promise
}
