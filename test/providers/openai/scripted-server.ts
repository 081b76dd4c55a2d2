import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { openOpenAiOrganization, type OpenAiOptions } from '../../../shared/providers/openai/organization.ts'

export const SECRET = 'sk-admin-verysecretverysecret-wxyz'
export const NOW = new Date('2026-03-10T12:00:00.000Z')

/** What the server answers once: JSON with 200 unless said otherwise. */
export interface Scripted {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly text?: string
  /** `cut`: closed in the middle of the body. `hang`: headers and half a body, then nothing. */
  readonly ending?: 'cut' | 'hang'
}

export type Answer = (url: URL, index: number) => Scripted | Promise<Scripted>

/** A server on 127.0.0.1 that answers as told and remembers what it was asked. */
export async function startScriptedServer() {
  const requests: { url: URL; authorization: string | undefined }[] = []
  let answer: Answer = () => ({ status: 500 })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    requests.push({ url, authorization: request.headers.authorization })
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

/** An organization at a server, which waits no time and remembers how long it would have. */
export function openOrganization(baseUrl: string, options: Partial<OpenAiOptions> = {}) {
  const waits: number[] = []
  const organization = openOpenAiOrganization({
    baseUrl,
    key: new AdminApiKey(SECRET),
    deadline: new Date('2026-03-10T12:10:00.000Z'),
    sleep: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    now: () => NOW,
    ...options,
  })
  return { organization, waits }
}

/** What a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It was not rejected.')
}

/** Midnight UTC of a day in March 2026, in unix seconds; day 0 is the last of February. */
export function march(day: number): number {
  return Date.UTC(2026, 2, day) / 1000
}

export function bucket(day: number, results: unknown[] = [], overrides: Record<string, unknown> = {}) {
  return { object: 'bucket', start_time: march(day), end_time: march(day + 1), results, ...overrides }
}

export function row(overrides: Record<string, unknown> = {}) {
  return {
    object: 'organization.usage.completions.result',
    user_id: 'user-1',
    model: 'gpt-5',
    num_model_requests: 2,
    input_tokens: 30,
    input_cached_tokens: 10,
    output_tokens: 5,
    ...overrides,
  }
}
