import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { authorize, keysOf, type SimulatedKeys } from './access.ts'
import { ApiError } from './api-error.ts'
import { Company } from './company.ts'
import { AS_DOCUMENTED, type Switches } from './switches.ts'
import { usagePage } from './usage-pages.ts'
import { userPage } from './user-pages.ts'

export interface SimulatedOrganizationOptions {
  readonly seed?: string
  readonly members?: number
  /** 0 picks a free one. */
  readonly port?: number
  readonly now?: () => Date
  readonly switches?: Partial<Switches>
}

/** A running stand-in for OpenAI's Admin API. */
export interface SimulatedOrganization {
  /** Such as `http://127.0.0.1:4010/v1`. */
  readonly baseUrl: string
  readonly keys: SimulatedKeys
  readonly company: Company
  /** Path and query of every request so far. */
  readonly requests: string[]
  /** Changes how it behaves from now on. */
  set(switches: Partial<Switches>): void
  close(): Promise<void>
}

interface State {
  readonly company: Company
  readonly keys: SimulatedKeys
  readonly requests: string[]
  readonly now: () => Date
  switches: Switches
}

/** Starts a simulated organization on 127.0.0.1. The same seed and clock give the same answers. */
export async function startSimulatedOrganization(
  options: SimulatedOrganizationOptions = {},
): Promise<SimulatedOrganization> {
  const seed = options.seed ?? 'northwind'
  const state: State = {
    company: new Company({ seed, members: options.members ?? 240 }),
    keys: keysOf(seed),
    requests: [],
    now: options.now ?? (() => new Date()),
    switches: { ...AS_DOCUMENTED, ...options.switches },
  }
  const server = createServer((request, response) => {
    answer(request, response, state).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The simulated organization has no port.')
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    keys: state.keys,
    company: state.company,
    requests: state.requests,
    set: (switches) => Object.assign(state, { switches: { ...state.switches, ...switches } }),
    close: async () => {
      server.closeAllConnections()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const { switches } = state
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  state.requests.push(`${url.pathname}${url.search}`)
  const count = state.requests.length
  const isNth = (every: number | null) => every !== null && count % every === 0
  if (switches.latencyMs > 0) await sleep(switches.latencyMs)
  if (isNth(switches.htmlEveryNth)) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>busy</html>')
    return
  }
  try {
    refuseEveryNth(isNth, switches)
    const body = JSON.stringify(reply(request, url, state), disguise(switches))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(isNth(switches.truncateEveryNth) ? body.slice(0, body.length / 2) : body)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { message, code } = error
    const body = {
      error: switches.bareStringErrors ? message : { message, type: 'invalid_request_error', param: null, code },
    }
    response.writeHead(error.status, { 'content-type': 'application/json', ...error.headers }).end(JSON.stringify(body))
  }
}

function refuseEveryNth(isNth: (every: number | null) => boolean, switches: Switches): void {
  const { rateLimit } = switches
  if (rateLimit !== null && isNth(rateLimit.everyNth)) {
    const wait = rateLimit.retryAfterSeconds
    const headers: Record<string, string> = wait === null ? {} : { 'retry-after': String(wait) }
    throw new ApiError(429, 'You’re making too many requests, please slow down.', 'rate_limit_exceeded', headers)
  }
  if (isNth(switches.serverErrorEveryNth)) throw new ApiError(500, 'The server had an error.')
}

function reply(request: IncomingMessage, url: URL, state: State): unknown {
  const { keys, switches, company } = state
  const now = state.now()
  const allow = (scope: Parameters<typeof authorize>[1]) =>
    authorize(request.headers.authorization, scope, keys, switches)
  switch (request.method === 'GET' ? url.pathname : '') {
    case '/v1/organization/users':
      allow('api.management.read')
      return userPage(url.searchParams, company.usersAt(now), switches)
    case '/v1/organization/admin_api_keys':
      allow('api.management.read')
      return {
        object: 'list',
        data: [{ id: 'key_1', redacted_value: `sk-admin…${keys.admin.slice(-4)}`, expires_at: null }],
        has_more: false,
      }
    case '/v1/organization/invites':
    case '/v1/organization/projects':
      allow('api.management.read')
      return { object: 'list', data: [], has_more: false }
    case '/v1/organization/usage/completions':
      allow('api.usage.read')
      return usagePage(url.searchParams, company, switches, now)
    default:
      throw new ApiError(404, 'Unknown request URL.', 'unknown_url')
  }
}

/** Changes every reply as the switches say: numbers as text, fields nobody described. */
function disguise(switches: Switches): (name: string, value: unknown) => unknown {
  return (name, value) => {
    if (switches.numbersAsStrings && typeof value === 'number' && name !== '') return String(value)
    if (switches.unknownFields && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value, undocumented: 'x' }
    }
    return value
  }
}
