import { Agent, request } from 'node:http'

/** No connection waits for another, and none has a time-out: the last of many may have to wait for minutes. */
const agent = new Agent({ maxSockets: Infinity })

/** The status of an answer, which is read to its end. `base`: the address before `/v1`. */
export function statusOf(base: string, method: string, path: string, body?: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const ofBody = (text: string) => ({ 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  const headers = body === undefined ? {} : ofBody(body)
  const sent = request(`${base}/v1${path}`, { method, headers, agent }, (response) => {
    response.on('error', reject).on('end', () => resolve(response.statusCode ?? 0))
    response.resume()
  })
  sent.on('error', reject).end(body)
  return promise
}

/** Many calls at once of the kinds that take most: exports, key checks, long lists. */
export class Hammering {
  readonly statuses = new Set<number | 'no answer'>()
  asked = 0
  answered = 0
  private readonly base: string
  private readonly integrationId: string
  private readonly key: string

  constructor(base: string, integrationId: string, key: string) {
    this.base = base
    this.integrationId = integrationId
    this.key = key
  }

  get isOver(): boolean {
    return this.answered === this.asked
  }

  begin(calls: { readonly exports: number; readonly checks: number; readonly lists: number }): void {
    const users = `/integrations/${this.integrationId}/users`
    const check = JSON.stringify({ provider: 'openai', adminApiKey: this.key })
    for (let call = 0; call < calls.exports; call += 1) this.ask('GET', `${users}?format=csv`)
    for (let call = 0; call < calls.checks; call += 1) this.ask('POST', '/key-checks', check)
    for (let call = 0; call < calls.lists; call += 1) this.ask('GET', `${users}?limit=1000`)
  }

  private ask(method: string, path: string, body?: string): void {
    this.asked += 1
    void this.answer(method, path, body)
  }
  private async answer(method: string, path: string, body?: string): Promise<void> {
    this.statuses.add(await statusOf(this.base, method, path, body).catch(() => 'no answer' as const))
    this.answered += 1
  }
}
