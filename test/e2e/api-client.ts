import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { waitFor, waitUntil } from '../watchdog.ts'
import { StepFailure } from './step.ts'

/** A look is a call through everything that is under test: looking without a pause would be most of its load. */
const PAUSE_MS = 200

/** What an answer was. `body` is undefined when there is none. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly text: string
}

/** An answer as it came, headers included. */
export interface Heard {
  readonly status: number
  readonly text: string
  readonly headers: string
}

const problemSchema = z.object({ code: z.string() })

/** Calls a running Rollcall from outside. */
export class ApiClient {
  private readonly url: string
  private readonly token: string | undefined
  private readonly headers: Readonly<Record<string, string>>

  /** `url` is the address before `/v1`; without a token no Authorization is sent. `headers` go with every call. */
  constructor(url: string, token?: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url
    this.token = token
    this.headers = headers
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const { status, text } = await this.send(method, path, body === undefined ? {} : json)
    return { status, body: parsed(text), text }
  }

  /** Sends headers, which may take the token's place, and a body as they are. */
  async send(
    method: string,
    path: string,
    sent: {
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Uint8Array<ArrayBuffer> | undefined
    } = {},
  ): Promise<Heard> {
    const own = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }
    const request = {
      method,
      headers: { ...this.headers, ...own, ...sent.headers },
      ...(sent.body !== undefined && { body: sent.body }),
    }
    return waitFor(`the answer to ${method} ${withoutValues(path)}`, heard(`${this.url}/v1${path}`, request))
  }

  /** Calls and reads the answer. Throws `StepFailure` when the status or the body is another one. */
  async expect<Schema extends z.ZodType>(
    call: { readonly method?: string; readonly path: string; readonly body?: unknown; readonly status?: number },
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const { method = 'GET', path, body, status = 200 } = call
    const answer = await this.call(method, path, body)
    const read = schema.safeParse(answer.body)
    if (answer.status === status && read.success) return read.data
    const wrong = read.success ? '' : `\n${z.prettifyError(read.error)}`
    throw new StepFailure(`${method} ${path} answered ${answer.status}, not ${status}: ${answer.text}${wrong}`)
  }

  /** Calls and checks that it is refused, with this status and, when given, this code. */
  async expectRefusal(
    call: { readonly method?: string; readonly path: string; readonly body?: unknown },
    status: number,
    code?: string,
  ): Promise<void> {
    const { method = 'GET', path, body } = call
    const answer = await this.call(method, path, body)
    const given = problemSchema.safeParse(answer.body).data?.code
    if (answer.status === status && (code === undefined || given === code)) return
    throw new StepFailure(`${method} ${path} answered ${answer.status} ${answer.text}, not ${status} ${code ?? ''}`)
  }
}

/** As `waitUntil`, with a pause after each look. */
export function eventually<Value extends object>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  return waitUntil(what, async () => {
    const found = await look()
    if (found === undefined) await sleep(PAUSE_MS)
    return found
  })
}

async function heard(url: string, request: RequestInit): Promise<Heard> {
  const response = await fetch(url, request)
  const text = await response.text()
  return { status: response.status, text, headers: JSON.stringify([...response.headers]) }
}

/** A path for a message: ids and everything that could be a key, which some tests put into paths, are left out. */
function withoutValues(path: string): string {
  const [segments = ''] = path.split('?')
  return segments.replaceAll(/[^/]*[^a-z/-][^/]*/g, '…')
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
