import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.0' }

export interface TableReply {
  readonly status: number
  readonly text: string
}

/** A request on its way to DynamoDB. */
export interface TableRequest {
  /** `PutItem`, say. */
  readonly operation: string
  readonly body: string
  /** Sends it, with another body if one is given. */
  readonly forward: (body?: string) => Promise<TableReply>
}

/** Answers requests to DynamoDB. Undefined resets the connection. */
export type TableAnswer = (request: TableRequest) => Promise<TableReply | undefined>

/** A proxy in front of a table, on DynamoDB's own protocol, so the SDK's reaction is part of what is tried. */
export async function startTableProxy(upstream: string, answer: TableAnswer) {
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const body = (await buffer(request)).toString('utf8')
    const forward = (changed = body) => send(request, changed)
    const reply = await answer({ operation, body, forward })
    if (reply === undefined) request.socket.resetAndDestroy()
    else response.writeHead(reply.status, JSON_TYPE).end(reply.text)
  }

  async function send(request: IncomingMessage, body: string): Promise<TableReply> {
    const { authorization = '', 'x-amz-target': target, 'x-amz-date': date } = request.headers
    const headers = { authorization, 'x-amz-target': String(target), 'x-amz-date': String(date) }
    const reply = await fetch(upstream, { method: 'POST', headers: { ...headers, ...JSON_TYPE }, body })
    return { status: reply.status, text: await reply.text() }
  }
}

/** DynamoDB's answer to a request that it does not carry out. */
export function refusal(status: number, type: string): TableReply {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'Misbehaving.' }
  return { status, text: JSON.stringify(body) }
}
