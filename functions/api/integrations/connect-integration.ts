import type { ConnectRequest } from '../../../shared/contracts/integration-contract.ts'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { uniqueDomains } from '../../../shared/data-sets/directory/company-domains.ts'
import { type KeyCheck, problemsOf } from '../../../shared/providers/check-key.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { newIntegration, type Integration } from '../../../shared/integrations/integration.ts'
import { queueSync } from '../../../shared/integrations/sync-slot.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { checkNewKey } from './check-key.ts'
import { removeUnfinished } from './clean-up.ts'
import { requireFreeName, reserveName } from './integration-names.ts'
import { requireStorable, toInstant } from './storable-fields.ts'

/**
 * Connects an organization: checks the name, the schedule and the key before anything is stored, then stores the
 * integration with its key and queues its first sync. Throws `NameTakenError`, `ValidationError`, or `ApiError` for a
 * refused key.
 */
export async function connectIntegration(deps: ApiDependencies, request: ConnectRequest): Promise<Integration> {
  requireStorable(deps, request, deps.now())
  await requireFreeName(deps, request.name)
  const key = new AdminApiKey(request.adminApiKey)
  const check = await checkNewKey(deps, providerOf(request.provider), key)
  const pending = pendingIntegration(deps, request, { key, check })
  const visible = await store(deps, pending, key)
  await sendFirstSync(deps, visible)
  return visible
}

function pendingIntegration(
  deps: ApiDependencies,
  request: ConnectRequest,
  { key, check }: { readonly key: AdminApiKey; readonly check: KeyCheck },
): Integration {
  return newIntegration({
    id: deps.newId(),
    provider: request.provider,
    organizationId: check.key.organization?.id ?? null,
    name: request.name,
    keyHint: key.hint,
    keyExpiresAt: toInstant(request.keyExpiresAt ?? check.key.expiresAt),
    companyDomains: uniqueDomains(request.companyDomains ?? []),
    schedule: request.schedule ?? null,
    simulated: deps.isSimulatedKey(key),
    dataSetProblems: problemsOf(check),
    createdAt: deps.now().toISOString(),
  })
}

/** Stores the pending item, the name and the key, then makes the item visible. A failure undoes the earlier steps and is thrown. */
async function store(deps: ApiDependencies, pending: Integration, key: AdminApiKey): Promise<Integration> {
  const { id, name } = pending
  await deps.integrations.createIntegration(pending)
  try {
    await reserveName(deps, name, id)
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

/** A step that cannot be undone now is left to the clean-up. */
async function undo(deps: ApiDependencies, pending: Integration): Promise<void> {
  try {
    await removeUnfinished(pending, deps)
  } catch (error) {
    deps.logger.error('An unfinished connection could not be undone.', error, { integrationId: pending.id })
  }
}

/** A failure of the queue does not undo the connection: the next schedule starts a sync. */
async function sendFirstSync(deps: ApiDependencies, { id, lastSync }: Integration): Promise<void> {
  if (lastSync === null) return
  try {
    await deps.queue.send({ kind: 'sync', integrationId: id, syncId: lastSync.id, trigger: lastSync.trigger })
  } catch (error) {
    deps.logger.error('The first sync could not be queued.', error, { integrationId: id, syncId: lastSync.id })
  }
}
