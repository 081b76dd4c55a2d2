import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Stands before a server, asks it for each page once and answers from memory from then on: so that making the pages takes
 * no time that is measured. Starts on a free port of 127.0.0.1.
 */
export class RecordingServer {
  private readonly origin: string
  private readonly pages = new Map<string, Promise<Buffer>>()
  private readonly isRecording: boolean
  private requestCount = 0
  /** How much later than at once each page is answered. */
  delayMs = 0

  /** Without recording, pages are passed on as they come: for those that do not fit into memory. */
  constructor(origin: string, options: { isRecording: boolean }) {
    this.origin = origin
    this.isRecording = options.isRecording
  }

  /** Gives the address. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port.')
    return `http://127.0.0.1:${address.port}`
  }

  /** How many requests came since the last time. */
  takeRequestCount(): number {
    const count = this.requestCount
    this.requestCount = 0
    return count
  }

  /** The pages have changed. */
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
