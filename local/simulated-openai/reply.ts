import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiError } from './api-error.ts'
import type { Page } from './routes.ts'
import type { Switches } from './switches.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends a page in pieces, truncated in the middle if requested. */
export async function sendPage(
  response: ServerResponse,
  page: Page,
  switches: Switches,
  isCut: boolean,
): Promise<void> {
  response.writeHead(200, JSON_TYPE)
  if (switches.slowMs > 0) {
    response.flushHeaders()
    await sleep(switches.slowMs)
  }
  if (isCut) {
    const body = [...piecesOf(page, switches)].join('')
    response.end(body.slice(0, body.length / 2))
    return
  }
  await pipeline(Readable.from(piecesOf(page, switches)), response)
}

export function sendError(response: ServerResponse, error: ApiError, switches: Switches): void {
  const { message, code, status } = error
  const type = status >= 500 ? 'server_error' : 'invalid_request_error'
  const body = { error: switches.bareStringErrors ? message : { message, type, param: null, code } }
  response.writeHead(status, { ...JSON_TYPE, ...error.headers }).end(JSON.stringify(body))
}

/** What a proxy in between can answer instead of OpenAI. */
export function sendHtml(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><body>Busy</body></html>')
}

function* piecesOf({ data, ...rest }: Page, switches: Switches): Generator<string> {
  const replacer = disguise(switches)
  yield '{"data":['
  let separator = ''
  for (const item of data) {
    yield separator + JSON.stringify(item, replacer)
    separator = ','
  }
  yield `],${JSON.stringify(rest, replacer).slice(1)}`
}

/** Changes every reply as the switches require: numbers as text, undocumented fields. */
function disguise(switches: Switches): (name: string, value: unknown) => unknown {
  return (_, value) => {
    if (switches.numbersAsStrings && typeof value === 'number') return String(value)
    if (switches.unknownFields && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value, undocumented: 'x' }
    }
    return value
  }
}
