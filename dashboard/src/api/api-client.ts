import type * as z from 'zod'
import { asOfSchema, type WireAsOf } from '../../../shared/contracts/data-contract.ts'
import { type Operation, takesCsv } from '../../../shared/contracts/operation.ts'
import { problemSchema } from '../../../shared/contracts/problem-contract.ts'
import { ApiProblemError, NoAnswerError, UnauthorizedError } from './api-error.ts'

/** Provides the `Authorization` header of requests. */
export interface Credentials {
  /** The header's value. Undefined when there is none. */
  authorization(): Promise<string | undefined>
  /** Called when the API rejected the header. */
  refused(): void
}

type Text = Readonly<Record<string, string | number | undefined>>

/** The inputs of an operation. */
export interface CallOptions<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly params?: z.input<Params> & Text
  readonly query?: z.input<Query> & Text
  readonly body?: z.input<Body>
  readonly signal?: AbortSignal
}

/** A whole CSV answer, and the reading that it shows. */
export interface CsvFile {
  readonly content: Blob
  readonly asOf: WireAsOf | null
}

/** Calls the API as `shared/contracts` describes it. */
export class ApiClient {
  readonly #credentials: Credentials

  constructor(credentials: Credentials) {
    this.#credentials = credentials
  }

  /** Calls an operation and parses its answer. Throws `ApiProblemError`, `UnauthorizedError` or `NoAnswerError`. */
  async call<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType>(
    operation: Operation<P, Q, B, A>,
    options: CallOptions<P, Q, B> = {},
  ): Promise<z.output<A>> {
    const response = await this.#send(operation, options, 'application/json')
    const answer = response.status === 204 ? undefined : await readJson(response)
    const parsed = operation.answer.schema.safeParse(answer)
    if (parsed.success) return parsed.data
    throw new NoAnswerError('The API answered in a way this page does not understand. Reload the page.', {
      status: response.status,
      cause: parsed.error,
    })
  }

  /** Calls an operation that answers in CSV. */
  async csv<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType>(
    operation: Operation<P, Q, B, A>,
    options: CallOptions<P, Q, B>,
  ): Promise<CsvFile> {
    const response = await this.#send(operation, options, 'text/csv')
    return { content: await response.blob(), asOf: asOfIn(response.headers.get('rollcall-as-of')) }
  }

  /** Calls an operation and gives its answer in JSON as it came, for a file. */
  async file<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType>(
    operation: Operation<P, Q, B, A>,
    options: CallOptions<P, Q, B>,
  ): Promise<Blob> {
    return (await this.#send(operation, options, 'application/json')).blob()
  }

  async #send<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType>(
    operation: Operation<P, Q, B, A>,
    { params, query, body, signal }: CallOptions<P, Q, B>,
    accept: string,
  ): Promise<Response> {
    const authorization = await this.#credentials.authorization()
    const headers = new Headers({ accept })
    if (authorization !== undefined) headers.set('authorization', authorization)
    const isCsv = takesCsv(operation)
    if (body !== undefined) headers.set('content-type', isCsv ? 'text/csv' : 'application/json')
    const response = await fetch(addressOf(operation.path, params, query), {
      method: operation.method,
      headers,
      cache: 'no-store',
      body: body === undefined ? null : isCsv ? String(body) : JSON.stringify(body),
      signal: signal ?? null,
    }).catch((cause: unknown) => {
      if (signal?.aborted === true) throw cause
      throw new NoAnswerError('Rollcall cannot be reached. Check the connection and try again.', { cause })
    })
    if (response.ok) return response
    if (response.status === 401) {
      this.#credentials.refused()
      throw new UnauthorizedError()
    }
    throw await errorOf(response)
  }
}

function addressOf(path: string, params: Text = {}, query: Text = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? filled : `${filled}?${search.toString()}`
}

/** Null before the first successful sync. */
function asOfIn(header: string | null): WireAsOf | null {
  return header === null ? null : asOfSchema.nullable().parse(JSON.parse(header))
}

async function errorOf(response: Response): Promise<Error> {
  const parsed = problemSchema.safeParse(await readJson(response))
  if (parsed.success) return new ApiProblemError(parsed.data)
  return new NoAnswerError(`Rollcall answered with an error (${response.status}). Try again in a moment.`, {
    status: response.status,
  })
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}
