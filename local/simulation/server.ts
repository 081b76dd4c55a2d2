import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError } from './api-error.ts'
import { Faults } from './faults.ts'
import { RecordedRequest } from './recorded-request.ts'
import { type Reply, sendHtml, sendJson, sendReply } from './reply.ts'
import type { CommonSwitches } from './switches.ts'

/** Longer than a client that computes between two requests is busy: one that arrives while its connection is closed is lost. */
const IDLE_MS = 65_000

/** The options of every simulated organization. */
export interface SimulationOptions<Switches> {
  /** Determines everybody's name, habits and key. */
  readonly seed?: string
  /** The approximate number of people; some leave and join. Fast up to 10,000. */
  readonly members?: number
  /** 0 picks a free port. */
  readonly port?: number
  readonly now?: () => Date
  /** The delay before each answer. */
  readonly latencyMs?: number
  readonly switches?: Partial<Switches>
  /** Called with each request before it is answered. The organization may change during a read. */
  readonly onRequest?: (request: RecordedRequest) => void
}

/** A request, as a provider's API sees it. */
export interface Asked<Switches> {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly now: Date
  readonly switches: Switches
}

/** What distinguishes a provider's API from others. */
export interface SimulatedApi<Switches extends CommonSwitches> {
  readonly asDocumented: Switches
  /** The answer to a request. Throws `ApiError` for requests that the provider rejects. */
  answer(asked: Asked<Switches>): Reply
  /** True for a request that is never answered. Default: none. */
  readonly isHanging?: (path: string, switches: Switches) => boolean
  /** The error of a status that a switch injects. */
  faultOf(status: number): ApiError
  /** The headers and body of an error. */
  refusalOf(error: ApiError, switches: Switches): { readonly headers?: Record<string, string>; readonly body: unknown }
}

/** The controls of a running simulation. */
export interface Simulation<Switches> {
  /** Such as `http://127.0.0.1:4010`. */
  readonly address: string
  /** All requests so far. May be cleared. */
  readonly requests: RecordedRequest[]
  /** The number of requests that were rejected, reset, left unanswered, or answered with a truncated body or HTML. */
  readonly faultsInjected: number
  /** Changes the behavior from now on. */
  set(switches: Partial<Switches>): void
  /** Answers the next n requests with a status, whatever they request. */
  failNext(n: number, status: number): void
  /** Holds the answers to all further requests until they are released. */
  hold(): Hold
  close(): Promise<void>
}

/** Requests that wait for their answers. */
export interface Hold {
  /** Resolves when the first request waits. */
  readonly requested: Promise<void>
  /** Answers the waiting requests; further ones are answered at once. */
  release(): void
}

interface State<Switches extends CommonSwitches> {
  readonly api: SimulatedApi<Switches>
  readonly requests: RecordedRequest[]
  readonly faults: Faults
  readonly now: () => Date
  readonly onRequest: (request: RecordedRequest) => void
  switches: Switches
  /** Called for each request before its answer while answers are held. */
  beforeAnswer: (() => Promise<void>) | undefined
}

/** Starts a provider's simulated API on 127.0.0.1. */
export async function startSimulation<Switches extends CommonSwitches>(
  api: SimulatedApi<Switches>,
  options: SimulationOptions<Switches>,
): Promise<Simulation<Switches>> {
  const { asDocumented } = api
  const state: State<Switches> = {
    api,
    requests: [],
    faults: new Faults((status) => api.faultOf(status)),
    now: options.now ?? (() => new Date()),
    onRequest: options.onRequest ?? (() => {}),
    switches: { ...asDocumented, latencyMs: options.latencyMs ?? asDocumented.latencyMs, ...options.switches },
    beforeAnswer: undefined,
  }
  const server = createServer({ keepAliveTimeout: IDLE_MS }, (request, response) => {
    answer(request, response, state).catch(() => response.destroy())
  })
  const port = await listen(server, options.port ?? 0)
  return {
    address: `http://127.0.0.1:${port}`,
    requests: state.requests,
    get faultsInjected() {
      return state.faults.injected
    },
    set: (switches) => {
      state.switches = { ...state.switches, ...switches }
    },
    failNext: (n, status) => state.faults.failNext(n, status),
    hold: () => holdAnswers(state),
    close: () => close(server),
  }
}

function holdAnswers(state: Pick<State<CommonSwitches>, 'beforeAnswer'>): Hold {
  const requested = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const wait = () => {
    requested.resolve()
    return released.promise
  }
  state.beforeAnswer = wait
  return {
    requested: requested.promise,
    release: () => {
      if (state.beforeAnswer === wait) state.beforeAnswer = undefined
      released.resolve()
    },
  }
}

async function answer<Switches extends CommonSwitches>(
  request: IncomingMessage,
  response: ServerResponse,
  state: State<Switches>,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const method = request.method ?? 'GET'
  const recorded = new RecordedRequest(method, url)
  state.requests.push(recorded)
  state.onRequest(recorded)
  await state.beforeAnswer?.()
  const { api, switches } = state
  const fault = state.faults.next(switches)
  if (fault.isHanging || api.isHanging?.(url.pathname, switches) === true) return
  if (fault.isReset) {
    request.socket.resetAndDestroy()
    return
  }
  if (switches.latencyMs > 0) await sleep(switches.latencyMs)
  if (fault.isHtml) return sendHtml(response)
  try {
    if (fault.refusal !== undefined) throw fault.refusal
    const asked = { path: url.pathname, query: url.searchParams, method, headers: request.headers, switches }
    await sendReply(response, api.answer({ ...asked, now: state.now() }), switches, fault.isCut)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { headers, body } = api.refusalOf(error, switches)
    sendJson(response, error.status, { ...headers, ...error.headers }, body)
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The simulated organization has no port.')
  return address.port
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
