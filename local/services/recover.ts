import { providerOf } from '../../shared/providers/find-provider.ts'
import { finishDeletion, releaseNameIfUnused, removeUnfinished } from '../../functions/api/integrations/clean-up.ts'
import { type Integration, isRecordBehind } from '../../shared/integrations/integration.ts'
import { settleEdit } from '../../shared/integrations/edit.ts'
import { interruptSync, promoteWaitingSync, queueKeyChangeSync } from '../../shared/integrations/sync-slot.ts'
import type { KeyReader, KeyWriter } from '../../shared/ports/key-store.ts'
import type { Sync } from '../../shared/integrations/sync.ts'
import { effectiveSchedule, type Schedule } from '../../shared/schedules/schedule.ts'
import type { SyncQueue } from '../../shared/ports/sync-queue.ts'
import { nextRunAfter } from '../../shared/schedules/schedule-times.ts'
import { countPublished } from '../../shared/use-cases/count-published.ts'
import { updateDisplacingSync } from '../../shared/use-cases/update-displacing-sync.ts'
import type { Repositories } from '../../shared/storage/repositories.ts'

export interface RecoverDependencies extends Pick<Repositories, 'integrations' | 'names' | 'syncs' | 'snapshots'> {
  readonly keys: KeyWriter & KeyReader
  readonly queue: SyncQueue
  readonly schedules: readonly Schedule[]
  readonly now: () => Date
  readonly newId: () => string
}

/**
 * Repairs at startup what the previous process left unfinished. The lock of the data folder proves that no such process
 * is alive. A running sync ends as `interrupted`, a queued one is queued again, and so is one whose record was not written. An
 * incomplete connection is removed, an incomplete deletion or edit is finished, and a missed schedule is made up for.
 */
export async function recover(dependencies: RecoverDependencies): Promise<void> {
  for (const integration of await dependencies.integrations.listIntegrations()) {
    if (integration.lifecycle === 'pending') await removeUnfinished(integration, dependencies)
    else if (integration.lifecycle === 'deleting') await recoverDeletion(integration, dependencies)
    else await recoverVisible(integration, dependencies)
  }
}

async function recoverDeletion(stored: Integration, dependencies: RecoverDependencies): Promise<void> {
  const { integrations, now } = dependencies
  const { id, pendingEdit } = stored
  await releaseNameIfUnused(pendingEdit?.fields.name, stored, dependencies)
  const alone = await integrations.updateIntegration(id, (current) => ({
    ...withoutRun(current, now()),
    pendingEdit: null,
  }))
  await finishDeletion(alone, dependencies)
}

async function recoverVisible(stored: Integration, dependencies: RecoverDependencies): Promise<void> {
  const { queue, newId } = dependencies
  const { id, schedule } = stored
  const after = await ended(stored, dependencies)
  const { lastSync } = after
  const send = (sync: Pick<Sync, 'id' | 'trigger'>) =>
    queue.send({ kind: 'sync', integrationId: id, syncId: sync.id, trigger: sync.trigger })
  if (lastSync?.state === 'queued') return send(lastSync)
  const wasRunning = stored.lastSync?.state === 'running'
  // A new sync repairs the record too.
  if (lastSync === null || wasRunning || wasMissed(lastSync.queuedAt, schedule, dependencies)) {
    return send({ id: newId(), trigger: 'schedule' })
  }
  if (isRecordBehind(after)) await send(lastSync)
}

/** Ends the run, settles an edit, starts a waiting sync, and restarts the half hour of a queued sync. */
async function ended(stored: Integration, dependencies: RecoverDependencies): Promise<Integration> {
  const { integrations, snapshots, keys, now, newId } = dependencies
  const { id, pendingEdit } = stored
  const found = await keys.findKey(id)
  await integrations.updateIntegration(id, (current) => withoutRun(current, now()))
  const counts =
    pendingEdit === null
      ? undefined
      : await countPublished(snapshots, stored, pendingEdit.fields, providerOf(stored.provider).directory)
  const syncId = newId()
  const settle = (current: Integration): Integration => {
    const storedKey = found && { keyVersion: found.keyVersion, keyHint: found.key.hint }
    const settled = storedKey === undefined ? current : settleEdit(current, storedKey, { isAbandoned: true, counts })
    if (settled.keyVersion > current.keyVersion) return queueKeyChangeSync(settled, { id: syncId, now: now() })
    return promoteWaitingSync(settled, now()) ?? withRestartedQueueTime(settled, now())
  }
  const after = await updateDisplacingSync(dependencies, id, settle, now())
  await releaseNameIfUnused(pendingEdit?.fields.name, after, dependencies)
  if (after.name !== stored.name) await dependencies.names.releaseName(stored.name, { integrationId: id })
  return after
}

/**
 * The process that ran the sync, or wrote its record, is dead, and so are its writes, since the table was in the same process.
 * A queued sync still has to run.
 */
function withoutRun(integration: Integration, now: Date): Integration {
  const ended = integration.lastSync?.state === 'queued' ? integration : interruptSync(integration, now)
  return { ...ended, lateWritesUntil: null }
}

function withRestartedQueueTime(integration: Integration, now: Date): Integration {
  const { lastSync } = integration
  return lastSync?.state === 'queued'
    ? { ...integration, lastSync: { ...lastSync, queuedAt: now.toISOString() } }
    : integration
}

/** True when a run of the integration's schedule was due after the newest sync. */
function wasMissed(queuedAt: string, schedule: string | null, { schedules, now }: RecoverDependencies): boolean {
  const due = nextRunAfter(effectiveSchedule(schedule, schedules), new Date(queuedAt))
  return due !== null && due <= now()
}
