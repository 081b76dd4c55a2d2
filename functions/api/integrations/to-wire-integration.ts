import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import {
  dataSetState,
  effectiveDomains,
  type Integration,
  type IntegrationCounts,
  type PublishedDataSet,
} from '../../../shared/integrations/integration.ts'
import { keyExpiryOf } from '../../../shared/integrations/key-expiry.ts'
import { coversDays, type Window } from '../../../shared/domain/window.ts'
import { needsAction } from '../../../shared/domain/problem.ts'
import { effectiveSchedule, type Schedule } from '../../../shared/schedules/schedule.ts'
import { nextRunAfter } from '../../../shared/schedules/schedule-times.ts'
import type { SyncProgress } from '../../../shared/integrations/sync.ts'
import { newestSync } from '../../../shared/integrations/sync-slot.ts'
import { keyExpiryDetail, problemDetail } from '../../../shared/providers/problem-detail.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import type { Provider } from '../../../shared/providers/provider.ts'
import { toWireDataSetProblem, toWireSync } from '../syncs/to-wire-sync.ts'

const NO_COUNTS: IntegrationCounts = { members: 0, guests: 0, inUse: 0, unused: 0, noData: 0 }

/** The inputs of values that are derived at read time. */
interface ReadContext {
  readonly schedules: readonly Schedule[]
  readonly now: Date
  /** That of the running sync. */
  readonly progress: SyncProgress | undefined
}

/** Maps an integration to its wire format. State, problem and next sync are derived at read time. */
export function toWireIntegration(integration: Integration, context: ReadContext): WireIntegration {
  const schedule = effectiveSchedule(integration.schedule, context.schedules)
  const provider = providerOf(integration.provider)
  const lastSync = newestSync(integration, context.now)
  return {
    id: integration.id,
    provider: integration.provider,
    name: integration.name,
    state: integration.problem !== null && needsAction(integration.problem.code) ? 'action_required' : 'connected',
    problem: problemOf(integration, provider, context),
    keyHint: integration.keyHint,
    keyExpiresAt: integration.keyExpiresAt,
    companyDomains: [...effectiveDomains(integration)],
    companyDomainsInferred: integration.companyDomains.length === 0,
    schedule: schedule.name,
    nextSyncAt: nextRunAfter(schedule, context.now)?.toISOString() ?? null,
    simulated: integration.simulated,
    createdAt: integration.createdAt,
    lastSync: lastSync === null ? null : toWireSync(lastSync, provider, context.progress),
    lastSuccessfulSyncAt: integration.published?.dataSets.directory.syncedAt ?? null,
    recordedSyncId: integration.record?.syncId ?? null,
    dataSets: provider.dataSets.map(({ id }) => dataSetOf(integration, provider, id)),
    counts: { ...(integration.published?.counts ?? NO_COUNTS) },
  }
}

function dataSetOf(integration: Integration, provider: Provider, id: string): WireIntegration['dataSets'][number] {
  const pointer = integration.published?.dataSets[id]
  const about = { dataSet: id, unread: pointer?.unread }
  const days = pointer && daysOf(pointer)
  return {
    id,
    state: dataSetState(integration, id),
    problem: toWireDataSetProblem(integration.dataSetProblems[id] ?? null, about, provider),
    syncedAt: pointer?.syncedAt ?? null,
    from: days?.from ?? null,
    to: days?.to ?? null,
    missing: (pointer?.missing ?? []).map(({ part, code, readAt }) => ({ part, code, rowsAsOf: readAt })),
  }
}

/** The days of a reading. Of a log of which less than a day is covered, there are none yet. */
export function daysOf({ window, covered }: PublishedDataSet): Window | undefined {
  return covered === undefined || coversDays(covered, window) ? window : undefined
}

/** A stored problem outranks a missing schedule, which outranks a key that expires soon. */
function problemOf(
  integration: Integration,
  provider: Provider,
  { schedules, now }: ReadContext,
): WireIntegration['problem'] {
  const { problem, schedule } = integration
  if (problem !== null) return { code: problem.code, detail: problemDetail(problem, provider), since: problem.since }
  if (schedule !== null && !schedules.some(({ name }) => name === schedule)) {
    return {
      code: 'schedule_missing',
      detail:
        'The deployment no longer has the schedule of this integration. It is synced on the default one meanwhile.',
      since: integration.createdAt,
    }
  }
  const expiry = keyExpiryOf(integration, now)
  return expiry && { code: 'key_expiring', detail: keyExpiryDetail(expiry, provider), since: expiry.since }
}
