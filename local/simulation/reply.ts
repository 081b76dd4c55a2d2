import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CommonSwitches } from './switches.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/**
 * The body of a successful answer. What `data` iterates over is generated while it is sent, because the days of a large company
 * do not fit into memory.
 */
export interface Reply {
  readonly data?: Iterable<unknown>
}

/** Sends a reply in pieces, truncated in the middle if requested. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  switches: CommonSwitches,
  isCut: boolean,
): Promise<void> {
  response.writeHead(200, JSON_TYPE)
  if (switches.slowMs > 0) {
    response.flushHeaders()
    await sleep(switches.slowMs)
  }
  if (isCut) {
    const body = [...piecesOf(reply, switches)].join('')
    response.end(body.slice(0, body.length / 2))
    return
  }
  await pipeline(Readable.from(piecesOf(reply, switches)), response)
}

export function sendJson(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: unknown,
): void {
  response.writeHead(status, { ...JSON_TYPE, ...headers }).end(JSON.stringify(body))
}

/** What a proxy in between can answer instead of the provider. */
export function sendHtml(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><body>Busy</body></html>')
}

function* piecesOf({ data, ...rest }: Reply, switches: CommonSwitches): Generator<string> {
  const replacer = disguise(switches)
  if (data === undefined) {
    yield JSON.stringify(rest, replacer)
    return
  }
  yield '{"data":['
  let separator = ''
  for (const item of data) {
    yield separator + JSON.stringify(item, replacer)
    separator = ','
  }
  yield `],${JSON.stringify(rest, replacer).slice(1)}`
}

/** Changes every reply as the switches require: numbers as text, undocumented fields. */
function disguise(switches: CommonSwitches): (name: string, value: unknown) => unknown {
  return (_, value) => {
    if (switches.numbersAsStrings && typeof value === 'number') return String(value)
    if (switches.unknownFields && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value, undocumented: 'x' }
    }
    return value
  }
}
