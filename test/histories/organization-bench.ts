import { setImmediate as nextTurn } from 'node:timers/promises'
import * as z from 'zod'
import { startSimulatedOrganization, type SimulatedOrganizationOptions } from '../../local/simulated-openai/server.ts'
import type { EmulatedTable } from '../../local/services/emulated-table.ts'
import type { RecordedRequest } from '../../local/simulation/recorded-request.ts'
import type { Company } from '../../local/simulated-openai/company.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import { startApiBench } from '../api/api-bench.ts'
import { noTimeout } from '../watchdog.ts'
import { Model } from '../model/model.ts'
import type { ModelOrganization, ModelPerson } from '../model/organization.ts'
import type { ModelCharge } from '../model/reported-costs.ts'

const withId = z.object({ id: z.string() })
const withLastSync = z.object({ lastSync: withId })

export interface OrganizationBenchOptions extends Pick<SimulatedOrganizationOptions, 'switches'> {
  readonly now: Date
  /** True when a pause between two attempts moves the clock by its length. No pause takes real time. */
  readonly pausesMoveClock?: boolean
  /** How far OpenAI's clock is ahead of ours. Negative when it is behind. */
  readonly skewMs?: number
  /** True where a test has added prints, an optional series, to the registries. */
  readonly hasPrints?: boolean
  /** Replaces the reliable table. */
  readonly startTable?: () => Promise<EmulatedTable>
}

/**
 * Api and sync functions on a table in memory, reading a simulated organization over HTTP, with the model of the
 * expected answers.
 */
export async function startOrganizationBench(options: OrganizationBenchOptions) {
  const clock = { now: options.now }
  const pauses: number[] = []
  const patience = new Patience()
  const midway: { act: (request: RecordedRequest) => void } = { act: () => {} }
  const openAi = await startSimulatedOrganization({
    members: 0,
    onRequest: (request) => {
      midway.act(request)
      patience.received(request, openAi.requests.length)
    },
    now: () => new Date(clock.now.getTime() + (options.skewMs ?? 0)),
    ...(options.switches !== undefined && { switches: options.switches }),
  })
  const api = await startApiBench({
    clock,
    ...(options.startTable !== undefined && { startTable: options.startTable }),
    openOrganization: ({ provider, key, deadline }) =>
      providerOf(provider).open({
        baseUrl: openAi.baseUrl,
        key,
        deadline,
        fetch: patience.fetch,
        now: () => clock.now,
        timeout: noTimeout,
        sleep: async (ms) => {
          pauses.push(ms)
          const until = new Date(clock.now.getTime() + ms)
          await nextTurn()
          // Pauses of concurrent requests do not add up.
          if (options.pausesMoveClock === true && until > clock.now) clock.now = until
        },
      }),
  })
  const model = new Model({ hasPrints: options.hasPrints ?? false })
  // The model's random organizations have no keys and invitations: test/product/figures.test.ts recounts these.
  const optionalDataSets = ['other_usage', 'costs', ...(model.hasPrints ? ['prints'] : [])]
  Object.assign(api.dependencies, { optionalDataSets })
  return {
    clock,
    /** The pauses between attempts so far, in milliseconds. */
    pauses,
    patience,
    /** Called with each request to OpenAI before it is answered. It may change anything. */
    midway,
    openAi,
    api,
    model,
    /** Sets what OpenAI answers from now on. */
    show: (organization: ModelOrganization) => show(openAi.company, organization),
    /** The same of costs. */
    showCosts: (charges: readonly ModelCharge[]) => openAi.company.replaceCosts(charges),
    /** The other organization costs nothing. */
    showOther: (organization: ModelOrganization) => {
      show(openAi.otherCompany, organization)
      openAi.otherCompany.replaceCosts([])
    },
    /** Connects with the admin key, which queues the first sync; gives the integration's id and the sync's. */
    connect: async () => {
      const { body } = await api.connect({ adminApiKey: openAi.adminKey })
      return { id: withId.parse(body).id, syncId: withLastSync.parse(body).lastSync.id }
    },
    /** Queues a manual sync; gives its id. */
    queueSync: async (id: string) => withId.parse((await api.request('POST', `/integrations/${id}/syncs`)).body).id,
    close: async () => {
      await api.close()
      await openAi.close()
    },
  }
}

/**
 * Cancels a request that OpenAI never answers as soon as it has arrived there, as if the attempt's time were over. So
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
    if (this.hangEveryNth !== null && nth % this.hangEveryNth === 0) this.sent.get(`${path}?${query}`)?.abort()
  }
}

export type OrganizationBench = Awaited<ReturnType<typeof startOrganizationBench>>

function show(company: Company, { people, usage, otherUsage = [] }: ModelOrganization): void {
  company.replaceAll(people.map((person) => wirePerson(person)))
  company.replaceUsage(usage, otherUsage)
}

/** A person in the form of OpenAI's directory; what is not said is left out. */
function wirePerson(person: ModelPerson) {
  const { enabled, banned, projects } = person
  const account = {
    object: 'user',
    id: person.id,
    ...(enabled !== null && { enabled }),
    ...(banned !== null && { banned }),
  }
  return {
    id: person.id,
    email: person.email,
    name: person.name,
    role: person.role,
    // What is undefined is left out of JSON.
    added_at: person.addedAt ?? undefined,
    ...(person.isServiceAccount && { is_service_account: true }),
    ...(person.isScimManaged && { is_scim_managed: true }),
    ...((enabled !== null || banned !== null) && { user: account }),
    ...(person.keyLastUsedAt !== null && { api_key_last_used_at: person.keyLastUsedAt }),
    ...(projects !== null && { projects: { object: 'list', data: projects } }),
  }
}
