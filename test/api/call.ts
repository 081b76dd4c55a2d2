import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { ApiHandler } from '../../functions/api/http/handler-factory.ts'
import { checkAnswer } from '../contracts/check-answer.ts'
import { CONTEXT, eventOf, type Sent } from './api-event.ts'

/** An answer as a client sees it. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** JSON, parsed; CSV as text. */
  readonly body: unknown
  readonly text: string
}

/**
 * Calls the handler as API Gateway does, with a path and a query. The answer is checked against the OpenAPI document.
 */
export async function call(handler: ApiHandler, method: string, target: string, sent: Sent = {}): Promise<Answer> {
  const [path = '', ...query] = target.split('?')
  const result = await handler(eventOf(method, { path, query: query.join('?') }, sent), { ...CONTEXT })
  const headers = Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const text = decoded(result.body ?? '', result.isBase64Encoded === true, headers['content-encoding'])
  const contentType = headers['content-type'] === undefined ? undefined : String(headers['content-type'])
  const body: unknown = text === '' ? undefined : contentType?.includes('json') === true ? JSON.parse(text) : text
  const status = result.statusCode ?? 0
  checkAnswer({ method, path, status, contentType, body })
  return { status, headers, body, text }
}

/** The fields that an answer refuses. */
export function fieldsOf(body: unknown): string[] | undefined {
  return (body as { errors?: { field: string }[] }).errors?.map(({ field }) => field)
}

function decoded(body: string, isBase64Encoded: boolean, encoding: unknown): string {
  if (!isBase64Encoded) return body
  const bytes = Buffer.from(body, 'base64')
  if (encoding === 'br') return brotliDecompressSync(bytes).toString('utf8')
  return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
}
