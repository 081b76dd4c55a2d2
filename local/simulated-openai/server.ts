import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyIn, keysOf, type SimulatedKeys } from './access.ts'
import { ApiError } from './api-error.ts'
import { Company } from './company.ts'
import { Faults } from './faults.ts'
import { RecordedRequest } from './recorded-request.ts'
import { sendError, sendHtml, sendPage } from './reply.ts'
import { pageFor, projectOf } from './routes.ts'
import { AS_DOCUMENTED, type Switches } from './switches.ts'

const OTHER_MEMBERS = 40

export interface SimulatedOrganizationOptions {
  /** Determines everybody's name, habits and key. */
  readonly seed?: string
  /** The approximate number of people and service accounts; some leave and join. Fast up to 10,000. */
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

/** A running stand-in for OpenAI's Admin API. */
export interface SimulatedOrganization {
  /** Such as `http://127.0.0.1:4010/v1`. */
  readonly baseUrl: string
  /** The key that may read everything; also `keys.admin`. */
  readonly adminKey: string
  readonly keys: SimulatedKeys
  readonly company: Company
  /** The organization of the key `keys.otherOrganization`. */
  readonly otherCompany: Company
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

interface State {
  readonly company: Company
  /** The organization behind the other organization's key. */
  readonly otherCompany: Company
  readonly keys: SimulatedKeys
  readonly requests: RecordedRequest[]
  readonly faults: Faults
  readonly now: () => Date
  readonly onRequest: (request: RecordedRequest) => void
  switches: Switches
  /** Called for each request before its answer while answers are held. */
  beforeAnswer: (() => Promise<void>) | undefined
}

/** Starts a simulated organization on 127.0.0.1. The same seed and clock give the same answers. */
export async function startSimulatedOrganization(
  options: SimulatedOrganizationOptions = {},
): Promise<SimulatedOrganization> {
  const seed = options.seed ?? 'northwind'
  const state: State = {
    company: new Company({ seed, members: options.members ?? 240 }),
    otherCompany: new Company({ seed: `${seed}, another`, members: OTHER_MEMBERS }),
    keys: keysOf(seed),
    requests: [],
    faults: new Faults(),
    now: options.now ?? (() => new Date()),
    onRequest: options.onRequest ?? (() => {}),
    switches: { ...AS_DOCUMENTED, latencyMs: options.latencyMs ?? AS_DOCUMENTED.latencyMs, ...options.switches },
    beforeAnswer: undefined,
  }
  const server = createServer((request, response) => {
    answer(request, response, state).catch(() => response.destroy())
  })
  const port = await listen(server, options.port ?? 0)
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    adminKey: state.keys.admin,
    keys: state.keys,
    company: state.company,
    otherCompany: state.otherCompany,
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

function holdAnswers(state: State): Hold {
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

async function answer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const method = request.method ?? 'GET'
  const recorded = new RecordedRequest(method, url)
  state.requests.push(recorded)
  state.onRequest(recorded)
  await state.beforeAnswer?.()
  const { switches, keys } = state
  const fault = state.faults.next(switches)
  if (fault.isHanging || switches.hangingProjects.some((id) => id === projectOf(url.pathname))) return
  if (fault.isReset) {
    request.socket.resetAndDestroy()
    return
  }
  if (switches.latencyMs > 0) await sleep(switches.latencyMs)
  if (fault.isHtml) return sendHtml(response)
  try {
    if (fault.refusal !== undefined) throw fault.refusal
    const { authorization } = request.headers
    const company = keyIn(authorization) === keys.otherOrganization ? state.otherCompany : state.company
    const asked = { path: url.pathname, query: url.searchParams, method, authorization, company, keys, switches }
    await sendPage(response, pageFor({ ...asked, now: state.now() }), switches, fault.isCut)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    sendError(response, error, switches)
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
