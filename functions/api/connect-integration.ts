import type { ConnectRequest } from '../../shared/contracts/integration-contract.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { Integration } from '../../shared/domain/integration.ts'
import { queueSync } from '../../shared/domain/sync-slot.ts'
import { NameTakenError } from '../../shared/storage/errors.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { ValidationError } from './api-errors.ts'
import { checkKey, requireValid } from './check-key.ts'

/** A connection that was not finished after this long was abandoned: its name is free again. */
const ABANDONED_AFTER_MS = 15 * 60_000

/**
 * Connects an organization: checks the name, the schedule and the key before anything is stored, then stores the
 * integration with its key and queues its first sync. Throws `NameTakenError`, `ValidationError` or `KeyRefusedError`.
 */
export async function connectIntegration(deps: ApiDependencies, request: ConnectRequest): Promise<Integration> {
  const now = deps.now()
  requireStorable(deps, request, now)
  await requireFreeName(deps, request.name)
  const key = new AdminApiKey(request.adminApiKey)
  const check = await checkKey(deps, key, now)
  requireValid(check)
  const pending = pendingIntegration(deps, request, { key, keyExpiresAt: check.keyExpiresAt })
  const visible = await store(deps, pending, key)
  await sendFirstSync(deps, visible)
  return visible
}

function requireStorable(deps: ApiDependencies, { schedule, keyExpiresAt }: ConnectRequest, now: Date): void {
  if (schedule != null && !deps.schedules.some(({ name }) => name === schedule)) {
    throw new ValidationError([{ field: 'schedule', message: 'is not the name of a schedule' }])
  }
  if (keyExpiresAt != null && Date.parse(keyExpiresAt) <= now.getTime()) {
    throw new ValidationError([{ field: 'keyExpiresAt', message: 'must be in the future' }])
  }
}

async function requireFreeName(deps: ApiDependencies, name: string): Promise<void> {
  const holder = await deps.names.findHolder(name)
  if (holder !== undefined && !(await isStaleHolder(deps, holder))) throw new NameTakenError()
}

/** True for a holder that is gone, being deleted, or was never finished. */
async function isStaleHolder(deps: ApiDependencies, holderId: string): Promise<boolean> {
  const holder = await deps.integrations.findIntegration(holderId)
  if (holder === undefined || holder.lifecycle === 'deleting') return true
  const ageMs = deps.now().getTime() - Date.parse(holder.createdAt)
  return holder.lifecycle === 'pending' && ageMs > ABANDONED_AFTER_MS
}

function pendingIntegration(
  deps: ApiDependencies,
  request: ConnectRequest,
  read: { key: AdminApiKey; keyExpiresAt: string | null },
): Integration {
  const keyExpiresAt = request.keyExpiresAt ?? read.keyExpiresAt
  return {
    id: deps.newId(),
    provider: request.provider,
    name: request.name,
    keyHint: read.key.hint,
    keyVersion: 1,
    keyExpiresAt: keyExpiresAt === null ? null : new Date(keyExpiresAt).toISOString(),
    companyDomains: [...new Set(request.companyDomains)],
    schedule: request.schedule ?? null,
    simulated: deps.isSimulatedKey(read.key),
    createdAt: deps.now().toISOString(),
    lifecycle: 'pending',
    problem: null,
    lastSync: null,
    lease: null,
    published: null,
    generations: [],
    dirtyWindow: null,
    implausible: null,
    revision: 0,
  }
}

/** Pending item, name, key, visible. What fails in between undoes what was done, and is thrown. */
async function store(deps: ApiDependencies, pending: Integration, key: AdminApiKey): Promise<Integration> {
  const { id, name } = pending
  await deps.integrations.createIntegration(pending)
  try {
    await deps.names.reserveName(name, id, (holderId) => isStaleHolder(deps, holderId))
    await deps.keys.putKey(id, pending.keyVersion, key)
    const sync = { id: deps.newId(), trigger: 'connect', now: deps.now() } as const
    return await deps.integrations.updateIntegration(id, (current) => ({
      ...queueSync(current, sync),
      lifecycle: 'visible',
    }))
  } catch (error) {
    await undo(deps, pending)
    throw error
  }
}

/** The item goes last: while it is there, dispatch cleans up what could not be undone. */
async function undo(deps: ApiDependencies, { id, name }: Integration): Promise<void> {
  try {
    await deps.keys.destroyKey(id)
    await deps.names.releaseName(name, id)
    await deps.integrations.removeIntegration(id)
  } catch (error) {
    deps.logger.error('An unfinished connection could not be undone.', error, { integrationId: id })
  }
}

/** The integration stands whatever the queue does: the next schedule syncs it. */
async function sendFirstSync(deps: ApiDependencies, { id, lastSync }: Integration): Promise<void> {
  if (lastSync === null) return
  try {
    await deps.queue.send({ integrationId: id, syncId: lastSync.id, trigger: lastSync.trigger })
  } catch (error) {
    deps.logger.error('The first sync could not be queued.', error, { integrationId: id, syncId: lastSync.id })
  }
}
