import { startSimulatedOrganization as startAtAnthropic } from '../../local/simulated-anthropic/server.ts'
import { startSimulatedOrganization as startAtOpenAi } from '../../local/simulated-openai/server.ts'
import { startEmulatedTable } from '../../local/services/emulated-table.ts'
import { runSync } from '../../functions/sync/run-sync.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { organizationOpener } from '../../shared/providers/open-organization.ts'
import { anIntegration } from '../../test/builders.ts'
import { dependenciesOf } from './count-syncs.ts'
import type { Counts, Units } from './counts.ts'
import { RequestCounter } from './request-counter.ts'

const ID = '01KCOSTS000000000000000000'
const DATA_SETS = ['other_usage', 'costs', 'keys', 'invites']
const HOUR_MS = 3_600_000

interface Simulated {
  readonly baseUrl: string
  readonly adminKey: string
  readonly requests: unknown[]
  close(): Promise<void>
}

interface Size {
  readonly members: number
  readonly windowDays: number
}

const STARTS: Readonly<Record<string, (options: { members: number; now: () => Date }) => Promise<Simulated>>> = {
  openai: startAtOpenAi,
  anthropic: startAtAnthropic,
}

/**
 * Reads a simulated organization of each provider by real syncs, all optional data sets but sign-ins among them, and counts the
 * requests to the provider and to the table. People are as active as in a company: not everybody, and not every day.
 */
export async function countProviders(size: Size): Promise<Counts['providers']> {
  const counted: Counts['providers'] = {}
  for (const provider of Object.keys(STARTS)) counted[provider] = await countProvider(provider, size)
  return counted
}

async function countProvider(provider: string, { members, windowDays }: Size): Promise<Counts['providers'][string]> {
  const clock = { nowMs: Date.parse('2026-11-24T18:00:00.000Z') }
  const now = () => new Date(clock.nowMs)
  const simulated = await startOf(provider)({ members, now })
  const local = await startEmulatedTable()
  try {
    const dependencies = dependenciesOf(local.table, {
      openOrganization: organizationOpener({ [provider]: simulated.baseUrl }, { now }),
      adminKey: new AdminApiKey(simulated.adminKey),
      now,
      windowDays,
      optionalDataSets: DATA_SETS,
    })
    await dependencies.integrations.createIntegration(
      anIntegration({ id: ID, provider, createdAt: now().toISOString() }),
    )
    const counter = new RequestCounter(local.table.client)
    let syncs = 0
    const sync = async (hoursLater: number): Promise<{ readonly read: number; readonly table: Units }> => {
      clock.nowMs += hoursLater * HOUR_MS
      const before = simulated.requests.length
      const syncId = `01KCOSTS${String((syncs += 1)).padStart(18, '0')}`
      const message = { kind: 'sync', integrationId: ID, syncId, trigger: 'schedule', deliveryCount: 1 } as const
      const outcome = await runSync(message, dependencies)
      if (outcome !== 'succeeded') throw new Error(`A counted sync at ${provider} ended as ${outcome}.`)
      return { read: simulated.requests.length - before, table: counter.take() }
    }
    const first = await sync(0)
    const newDay = await sync(12)
    return {
      requests: first.read,
      firstWriteUnits: first.table.writeUnits,
      newDayWriteUnits: newDay.table.writeUnits,
    }
  } finally {
    await Promise.all([local.close(), simulated.close()])
  }
}

function startOf(provider: string) {
  const start = STARTS[provider]
  if (start === undefined) throw new Error(`No organization of ${provider} can be simulated.`)
  return start
}
