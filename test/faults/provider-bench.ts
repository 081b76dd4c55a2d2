import { expect } from '@jest/globals'
import { handleMessage } from '../../functions/sync/handle-message.ts'
import type { Switches as OpenAiSwitches } from '../../local/simulated-openai/switches.ts'
import type { CommonSwitches } from '../../local/simulation/switches.ts'
import { compareAnswers } from '../histories/compare-answers.ts'
import { Draw } from '../histories/draw.ts'
import { problemsIn } from '../../shared/integrations/sync.ts'
import type { Model, ModelFinding } from '../model/model.ts'
import type { ModelOrganization } from '../model/organization.ts'
import {
  type OrganizationBenchOptions,
  startAnthropicBench,
  startOrganizationBench,
} from '../histories/organization-bench.ts'
import { RandomOrganization } from '../histories/random-organization.ts'
import { randomFrom } from '../histories/seed.ts'

const HOUR = 3_600_000

export interface Misbehaviour extends Partial<Omit<OrganizationBenchOptions, 'switches'>> {
  readonly size?: number
  /** Default: OpenAI. */
  readonly provider?: Model['provider']
}

/** Of both providers, and two of OpenAI. */
export type Switches = CommonSwitches & Pick<OpenAiSwitches, 'directoryOrder' | 'emptyDaysOmitted'>

/** What all cases together came to, for the figures. */
export const counted = { faults: 0, requests: 0, answers: 0 }

/**
 * An organization that was synced once without trouble and has changed since. Everything a sync finds, or leaves alone,
 * is compared with the model.
 */
export async function startSynced(seed: number, number: number, options: Misbehaviour = {}) {
  const draw = new Draw(randomFrom(seed, number))
  const now = options.now ?? new Date('2026-11-24T10:00:00.000Z')
  const { size = 12, provider = 'openai', ...benchOptions } = options
  const start = provider === 'openai' ? startOrganizationBench : startAnthropicBench
  const bench = await start({ pausesMoveClock: true, ...benchOptions, now })
  const { api, model, simulated, clock } = bench
  // These cases count the requests for what is required. What is optional never fails a sync: histories-optional.
  Object.assign(api.dependencies, { optionalDataSets: [] })
  const organization = new RandomOrganization(draw, {
    provider,
    prefix: 'user',
    size,
    nowMs: now.getTime(),
  })
  bench.show(organization)
  const { id, syncId } = await bench.connect()
  await api.drain()
  model.sync({ id: syncId, trigger: 'connect' }, atOnce(clock.now), requiredOf(organization))

  const compare = async () => {
    counted.answers += await compareAnswers({ api, id, model, draw })
  }
  /**
   * Syncs, and has the model do the same; gives how the sync ended and what it asked of the provider. `mayFailAs`: codes with
   * which it may fail instead.
   */
  const sync = async (found: ModelFinding, mayFailAs: readonly string[] = []) => {
    const startedMs = clock.now.getTime()
    const [requestsBefore, faultsBefore] = [simulated.requests.length, simulated.faultsInjected]
    const syncId = api.dependencies.newId()
    await api.scheduledSync(id, syncId)
    const { lastSync } = await api.dependencies.integrations.getIntegration(id)
    const code = lastSync?.problem?.code
    const mayFail = code !== undefined && mayFailAs.includes(code)
    const met = mayFail ? { failure: code, dataSets: problemsIn(lastSync) } : found
    const ended = model.sync(
      { id: syncId, trigger: 'schedule' },
      { startedMs, endedMs: clock.now.getTime() },
      {
        ...('failure' in met ? { others: requiredOf(organization), ...met } : requiredOf(met)),
      },
    )
    const requests = simulated.requests.length - requestsBefore
    counted.requests += requests
    counted.faults += simulated.faultsInjected - faultsBefore
    await compare()
    const requestsForPeople = simulated.requests
      .slice(requestsBefore)
      .filter(({ path }) => path.endsWith('/users')).length
    return { code: ended.code, requests, requestsForPeople }
  }
  const behave = (switches: Partial<Switches>) => {
    simulated.set(switches)
    bench.patience.hangEveryNth = switches.hangEveryNth ?? null
  }
  return {
    ...bench,
    id,
    draw,
    organization,
    compare,
    sync,
    /** Delivers the message of a scheduled sync, for the nth time. */
    deliver: (message: { integrationId: string; syncId: string }, delivery: number) =>
      handleMessage({ kind: 'sync', trigger: 'schedule', ...message }, delivery, api.dependencies),
    /** Has the model alone carry out a sync. */
    modelSync: (syncId: string, found: ModelFinding = organization) =>
      model.sync(
        { id: syncId, trigger: 'schedule' },
        atOnce(clock.now),
        'failure' in found ? found : requiredOf(found),
      ),
    /** Some days' worth of changes, and the clock an hour on. */
    change: () => {
      clock.now = new Date(clock.now.getTime() + HOUR)
      for (let change = 0; change < 6; change += 1) organization.change(clock.now.getTime(), { keepMost: true })
      bench.show(organization)
    },
    /** The provider behaves again: the next sync must find everything. */
    recover: async () => {
      bench.behave()
      bench.patience.hangEveryNth = null
      bench.midway.act = () => {}
      clock.now = new Date(clock.now.getTime() + HOUR)
      bench.show(organization)
      expect(await sync(organization)).toMatchObject({ code: null })
    },
    /** Does something once, when a request that names a text comes in and before it is answered. */
    once: (text: string, act: () => void) => {
      bench.midway.act = (request) => {
        if (!request.includes(text)) return
        bench.midway.act = () => {}
        act()
        bench.show(organization)
      }
    },
    behave,
  }
}

export type SyncedBench = Awaited<ReturnType<typeof startSynced>>

function atOnce(now: Date) {
  return { startedMs: now.getTime(), endedMs: now.getTime() }
}

/** What an organization has of the required data sets. */
function requiredOf({ people, usage, leavesOutEmptyDays = false }: ModelOrganization): ModelOrganization {
  return { people, usage, leavesOutEmptyDays }
}
