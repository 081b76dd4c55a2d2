import { setImmediate as nextTurn } from 'node:timers/promises'
import * as z from 'zod'
import type { SimulatedOrganizationOptions } from '../../local/simulated-openai/server.ts'
import type { EmulatedTable } from '../../local/services/emulated-table.ts'
import type { RecordedRequest } from '../../local/simulation/recorded-request.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import { type SavedBench, startApiBench } from '../api/api-bench.ts'
import { noTimeout } from '../watchdog.ts'
import { Model } from '../model/model.ts'
import {
  type ShownOrganization,
  type SimulatedAnthropic,
  type SimulatedOpenAi,
  startAnthropic,
  startOpenAi,
} from './shown-organization.ts'

const withId = z.object({ id: z.string() })
const withLastSync = z.object({ lastSync: withId })

export interface OrganizationBenchOptions extends Pick<SimulatedOrganizationOptions, 'switches'> {
  readonly now: Date
  /** True when a pause between two attempts moves the clock by its length. No pause takes real time. */
  readonly pausesMoveClock?: boolean
  /** How far the provider's clock is ahead of ours. Negative when it is behind. */
  readonly skewMs?: number
  /** True where a test has added prints, an optional series, to the registries. */
  readonly hasPrints?: boolean
  /** Replaces the reliable table. */
  readonly startTable?: () => Promise<EmulatedTable>
  /** The saved state of another bench, to continue from it. The organization is as it begins. */
  readonly from?: SavedBench
}

/** Starts a simulated organization of a provider. */
type StartShown<Simulated> = (
  options: Pick<SimulatedOrganizationOptions, 'onRequest' | 'now'>,
) => Promise<ShownOrganization<Simulated>>

/** The same with an organization at OpenAI. */
export async function startOrganizationBench(options: OrganizationBenchOptions) {
  const { switches } = options
  const bench = await startBench(
    'openai',
    (given) => startOpenAi({ ...given, ...(switches !== undefined && { switches }) }),
    options,
  )
  return { ...bench, openAi: bench.simulated }
}

/** The same with an organization at Anthropic. */
export function startAnthropicBench(options: Omit<OrganizationBenchOptions, 'switches'>) {
  return startBench('anthropic', startAnthropic, options)
}

/** Api and sync functions on a table in memory, reading one simulated organization. */
async function startBench<Simulated extends SimulatedOpenAi | SimulatedAnthropic>(
  provider: Model['provider'],
  start: StartShown<Simulated>,
  options: OrganizationBenchOptions,
) {
  const clock = { now: options.now }
  const served = await serve(provider, start, { ...options, clock })
  const table = await startTable([served], { ...options, clock })
  return { ...served, ...table, clock, connect: () => table.connect(served) }
}

export type ServedOptions = Omit<OrganizationBenchOptions, 'now' | 'startTable' | 'switches' | 'from'> & {
  readonly clock: { now: Date }
}

/** A simulated organization that can be read over HTTP, with the model of the expected answers. */
export async function serve<Simulated extends SimulatedOpenAi | SimulatedAnthropic>(
  provider: Model['provider'],
  start: StartShown<Simulated>,
  { clock, ...options }: ServedOptions,
) {
  const pauses: number[] = []
  const patience = new Patience()
  const midway: { act: (request: RecordedRequest) => void } = { act: () => {} }
  const shown = await start({
    onRequest: (request) => {
      midway.act(request)
      patience.received(request, shown.simulated.requests.length)
    },
    now: () => new Date(clock.now.getTime() + (options.skewMs ?? 0)),
  })
  const sleep = async (ms: number) => {
    pauses.push(ms)
    const until = new Date(clock.now.getTime() + ms)
    await nextTurn()
    // Pauses of concurrent requests do not add up.
    if (options.pausesMoveClock === true && until > clock.now) clock.now = until
  }
  const { fetch } = patience
  const open = { baseUrl: shown.simulated.baseUrl, fetch, now: () => clock.now, timeout: noTimeout, sleep }
  return {
    ...shown,
    provider,
    /** How the product opens it. */
    open,
    /** The pauses between attempts so far, in milliseconds. */
    pauses,
    patience,
    /** Called with each request to the provider before it is answered. It may change anything. */
    midway,
    model: new Model({ hasPrints: options.hasPrints ?? false, provider }),
  }
}

/** A served organization of whichever provider. */
export type Served<Simulated extends SimulatedOpenAi | SimulatedAnthropic = SimulatedOpenAi | SimulatedAnthropic> =
  Awaited<ReturnType<typeof serve<Simulated>>>

/** Api and sync functions on a table in memory, reading simulated organizations over HTTP. */
export async function startTable(
  all: readonly Served[],
  options: { readonly clock: { now: Date } } & Pick<OrganizationBenchOptions, 'startTable' | 'from'>,
) {
  const api = await startApiBench({
    clock: options.clock,
    ...(options.startTable !== undefined && { startTable: options.startTable }),
    ...(options.from !== undefined && { from: options.from }),
    openOrganization: async ({ provider, key, deadline }) => {
      const served = all.find((each) => each.provider === provider)
      if (served === undefined) throw new Error(`No organization of ${provider} is served.`)
      return providerOf(provider).open({ ...served.open, key, deadline })
    },
  })
  // Few requests: tests of lists switch on what they need.
  Object.assign(api.dependencies, { optionalDataSets: ['other_usage', 'costs', 'prints'] })
  return {
    api,
    /** Connects with the admin key, which queues the first sync; gives the integration's id and the sync's. */
    connect: async ({ provider, simulated }: Served, name = 'Acme') => {
      const { body } = await api.connect({ provider, name, adminApiKey: simulated.adminKey })
      return { id: withId.parse(body).id, syncId: withLastSync.parse(body).lastSync.id }
    },
    /** Queues a manual sync; gives its id. */
    queueSync: async (id: string) => withId.parse((await api.request('POST', `/integrations/${id}/syncs`)).body).id,
    close: async () => {
      await api.close()
      for (const { simulated } of all) await simulated.close()
    },
  }
}

/**
 * Cancels a request that the provider never answers as soon as it has arrived there, as if the attempt's time were over. So
 * the speed of the machine does not matter.
 */
class Patience {
  /** As the organization's switch says; null when it answers all. */
  hangEveryNth: number | null = null
  private readonly sent = new Map<string, AbortController>()

  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const over = new AbortController()
    this.sent.set(`${url.pathname}${url.search}`, over)
    const signals = [over.signal, ...(init?.signal == null ? [] : [init.signal])]
    return fetch(input, { ...init, signal: AbortSignal.any(signals) })
  }

  /** A request has come in, the nth of all. */
  received({ path, query }: RecordedRequest, nth: number): void {
    if (this.hangEveryNth !== null && nth % this.hangEveryNth === 0)
      this.sent.get(query === '' ? path : `${path}?${query}`)?.abort()
  }
}

export type OrganizationBench = Awaited<ReturnType<typeof startOrganizationBench>>
