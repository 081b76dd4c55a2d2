import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import * as z from 'zod'

/** What a service answers to one call of the AWS JSON protocol. An `error` is the name of the exception. */
export type Answer =
  { readonly body: unknown } | { readonly error: string; readonly status?: number; readonly message?: string }

export interface AwsServer {
  /** The client configuration: the server's address, and useless credentials. */
  readonly config: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  }
  /** The names of the calls so far. */
  readonly calls: string[]
  close(): Promise<void>
}

/** A local server that speaks the AWS JSON protocol. `answer` is called with the call's name and its parameters. */
export async function startAwsServer(
  answer: (call: string, parameters: Record<string, unknown>) => Answer,
): Promise<AwsServer> {
  const calls: string[] = []
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const call = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    calls.push(call)
    const answered = answer(call, z.record(z.string(), z.unknown()).parse(await json(request)))
    const isError = 'error' in answered
    response.writeHead(isError ? (answered.status ?? 400) : 200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(
      JSON.stringify(isError ? { __type: answered.error, message: answered.message ?? 'refused' } : answered.body),
    )
  }
  const server = createServer((request, response) => {
    reply(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    config: {
      endpoint: `http://127.0.0.1:${address.port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    },
    calls,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
