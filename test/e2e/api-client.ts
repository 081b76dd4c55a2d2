import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { StepFailure } from './step.ts'

const CALL_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 200

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

  /** `url` is the address before `/v1`; without a token no Authorization is sent. */
  constructor(url: string, token?: string) {
    this.url = url
    this.token = token
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
    sent: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | undefined } = {},
  ): Promise<Heard> {
    const own = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }
    const response = await fetch(`${this.url}/v1${path}`, {
      method,
      signal: AbortSignal.timeout(CALL_WITHIN_MS),
      headers: { ...own, ...sent.headers },
      ...(sent.body !== undefined && { body: sent.body }),
    })
    const text = await response.text()
    return { status: response.status, text, headers: JSON.stringify([...response.headers]) }
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

/** Looks again and again until there is something to give. Throws `StepFailure` naming what was waited for. */
export async function eventually<Value>(
  what: string,
  withinMs: number,
  look: () => Promise<Value | undefined>,
): Promise<Value> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new StepFailure(`Within ${withinMs / 1000} s there was no ${what}.`)
    await sleep(LOOK_EVERY_MS)
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
