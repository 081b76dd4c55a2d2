import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const NOW = new Date('2026-03-10T12:00:00.000Z')

/** One answer of the server. Default: JSON with status 200. */
export interface Scripted {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent unchanged. */
  readonly text?: string
  /** `cut`: the connection closes in the middle of the body. `hang`: headers and half a body, then nothing. */
  readonly ending?: 'cut' | 'hang'
}

export type Answer = (url: URL, index: number) => Scripted | Promise<Scripted>

/** A server on 127.0.0.1 with scripted answers that records its requests. */
export async function startScriptedServer() {
  const requests: { url: URL; headers: IncomingHttpHeaders }[] = []
  let answer: Answer = () => ({ status: 500 })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    requests.push({ url, headers: request.headers })
    void Promise.resolve(answer(url, requests.length - 1)).then((scripted) => send(response, scripted))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    answers: (next: Answer) => {
      requests.length = 0
      answer = next
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function send(response: ServerResponse, scripted: Scripted): void {
  const body = scripted.text ?? JSON.stringify(scripted.json ?? {})
  const length = String(Buffer.byteLength(body))
  response.writeHead(scripted.status ?? 200, { 'content-length': length, ...scripted.headers })
  if (scripted.ending === undefined) response.end(body)
  else response.write(body.slice(0, body.length / 2), () => scripted.ending === 'cut' && response.destroy())
}

/** The error with which a promise rejects. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It was not rejected.')
}
