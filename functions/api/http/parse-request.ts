import { gunzipSync } from 'node:zlib'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type * as z from 'zod'
import { MAX_BODY_BYTES, MAX_CSV_BODY_BYTES, MAX_DECOMPRESSED_CSV_BYTES } from '../../../shared/contracts/operation.ts'
import type { FieldError } from '../../../shared/contracts/problem-contract.ts'
import { NotFoundError, RequestTooLargeError, ValidationError } from './api-errors.ts'

const JSON_IN_UTF8 = /^application\/json\s*(;\s*charset="?utf-?8"?\s*)?$/i
const CSV_IN_UTF8 = /^text\/csv\s*(;\s*(charset="?utf-?8"?|header="?present"?)\s*)*$/i
const GZIP = /^application\/gzip$/i

/**
 * Validates a part of a request. Throws `ValidationError` with the name of every invalid field, and without any value.
 */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  // zod's compiled parsers are off: the first request of each kind would wait for the compilation, and requests are
  // small.
  const parsed = schema.safeParse(value, { error: messageOf, jitless: true })
  if (parsed.success) return parsed.data
  throw new ValidationError(parsed.error.issues.flatMap((issue) => toFieldErrors(issue, what)))
}

/** The query as an object. Repeated parameters and invalid percent-encoding are rejected. */
export function readQuery(event: APIGatewayProxyEventV2): Record<string, string> {
  const values = new Map<string, string>()
  const raw = event.rawQueryString
  try {
    decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    throw new ValidationError([{ field: 'query', message: 'is not valid percent-encoded UTF-8' }])
  }
  for (const [name, value] of new URLSearchParams(raw)) {
    if (values.has(name)) throw new ValidationError([{ field: fieldName(name), message: 'must be given once' }])
    values.set(name, value)
  }
  return Object.fromEntries(values)
}

/** The path parameters, decoded. An undecodable one cannot match anything: 404. */
export function readParams(event: APIGatewayProxyEventV2): Record<string, string> {
  const entries = Object.entries(event.pathParameters ?? {}).filter(([name]) => name !== 'proxy')
  try {
    return Object.fromEntries(entries.map(([name, value]) => [name, decodeURIComponent(value ?? '')]))
  } catch {
    throw new NotFoundError('resource')
  }
}

/** The JSON body. Undefined when there is none. Errors never quote it, because it can contain a key. */
export function readBody(event: APIGatewayProxyEventV2): unknown {
  const bytes = bytesOf(event)
  if (bytes === undefined) return undefined
  if (bytes.length > MAX_BODY_BYTES) {
    throw new ValidationError([{ field: 'body', message: `must have at most ${MAX_BODY_BYTES} bytes` }])
  }
  requireType(event, JSON_IN_UTF8, 'must be application/json, in UTF-8')
  refuseEncoding(event, 'send the body as it is')
  try {
    return JSON.parse(decoded(bytes))
  } catch {
    throw new ValidationError([{ field: 'body', message: 'is not valid JSON in UTF-8' }])
  }
}

/**
 * The CSV body, decompressed, without a byte order mark. Undefined when there is none. Errors never quote it. A compressed file has a
 * content type of its own: API Gateway passes `text/csv` on as text, whatever its content encoding, which would damage it.
 * https://github.com/ministackorg/ministack/pull/766, measured on AWS
 */
export function readCsvBody(event: APIGatewayProxyEventV2): string | undefined {
  const sent = bytesOf(event)
  if (sent === undefined) return undefined
  if (sent.length > MAX_CSV_BODY_BYTES) throw new RequestTooLargeError(MAX_CSV_BODY_BYTES, 'sent')
  refuseEncoding(event, 'send a compressed file with the content type application/gzip')
  const isCompressed = isOfType(event, GZIP)
  if (!isCompressed) requireType(event, CSV_IN_UTF8, 'must be text/csv, in UTF-8, or application/gzip')
  const bytes = isCompressed ? decompressed(sent) : sent
  try {
    const text = decoded(bytes)
    // API Gateway can pass on text in which it replaced what is not UTF-8.
    if (!text.includes('\ufffd')) return text
  } catch {
    // Refused below.
  }
  throw new ValidationError([{ field: 'body', message: 'is not UTF-8: save the file as “CSV UTF-8”' }])
}

function bytesOf({ body, isBase64Encoded }: APIGatewayProxyEventV2): Buffer | undefined {
  return body === undefined || body === '' ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}

/** Throws for another content type. */
function requireType(event: APIGatewayProxyEventV2, type: RegExp, message: string): void {
  if (!isOfType(event, type)) throw new ValidationError([{ field: 'content-type', message }])
}

function isOfType({ headers }: APIGatewayProxyEventV2, type: RegExp): boolean {
  return type.test(headers['content-type'] ?? '')
}

/** Throws for a body with a content encoding. */
function refuseEncoding({ headers }: APIGatewayProxyEventV2, instead: string): void {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return
  throw new ValidationError([{ field: 'content-encoding', message: `must not be set: ${instead}` }])
}

/** Throws for what is no gzip, and, before it is decompressed as a whole, for what would be too large. */
function decompressed(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_DECOMPRESSED_CSV_BYTES })
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new RequestTooLargeError(MAX_DECOMPRESSED_CSV_BYTES, 'decompressed')
    throw new ValidationError([{ field: 'body', message: 'is not gzip, as its content type says' }])
  }
}

/** Throws for bytes that are not UTF-8. */
function decoded(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

/** The message for issues whose schema has none. */
function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : `must be ${TYPES[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} characters`
  if (issue.code !== 'too_small') return undefined
  return issue.minimum === 1 ? 'must not be empty' : `must have at least ${issue.minimum} characters`
}

const TYPES: Readonly<Record<string, string>> = { string: 'a text', object: 'an object', array: 'a list' }

function toFieldErrors(issue: z.core.$ZodIssue, what: string): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...issue.path, fieldName(key)].join('.'), message: 'is not known' }))
  }
  return [{ field: issue.path.length > 0 ? issue.path.join('.') : what, message: issue.message }]
}

/** A field name from the client. Names that could be a misplaced secret are replaced. */
function fieldName(sent: string): string {
  return /^[A-Za-z][A-Za-z0-9_]{0,29}$/.test(sent) ? sent : '(unnamed)'
}
