import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const IDLE_MS = 600_000

/**
 * A caching proxy: requests each page from a server once and then answers from memory, so generating pages takes no
 * measured time. It listens on a free port of 127.0.0.1.
 */
export class RecordingServer {
  private readonly origin: string
  private readonly pages = new Map<string, Promise<Buffer>>()
  private readonly isRecording: boolean
  private requestCount = 0
  /** The delay before each answer. */
  delayMs = 0

  /** Without recording, every page is forwarded, for organizations whose pages do not fit into memory. */
  constructor(origin: string, options: { isRecording: boolean }) {
    this.origin = origin
    this.isRecording = options.isRecording
  }

  /** Returns the address. */
  async start(): Promise<string> {
    // By default an idle connection is closed after 5 s, and a request that comes at that moment is sent twice.
    const server = createServer({ keepAliveTimeout: IDLE_MS }, (request, response) => {
      this.answer(request, response).catch(() => response.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port.')
    return `http://127.0.0.1:${address.port}`
  }

  /** The number of requests since the last call. */
  takeRequestCount(): number {
    const count = this.requestCount
    this.requestCount = 0
    return count
  }

  /** Discards the recorded pages, because they have changed. */
  forget(): void {
    this.pages.clear()
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requestCount += 1
    const { url = '/', headers } = request
    const page = this.pages.get(url) ?? this.ask(url, headers.authorization ?? '')
    if (this.isRecording) this.pages.set(url, page)
    const body = await page
    if (this.delayMs > 0) await sleep(this.delayMs)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength })
    response.end(body)
  }

  private async ask(url: string, authorization: string): Promise<Buffer> {
    const response = await fetch(`${this.origin}${url}`, { headers: { authorization } })
    if (!response.ok) throw new Error(`The simulated organization answered ${response.status}.`)
    return Buffer.from(await response.arrayBuffer())
  }
}
