import type { EditRequest } from '../../shared/contracts/integration-contract.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { deriveUsers } from '../../shared/domain/directory-user.ts'
import type { Integration, IntegrationCounts } from '../../shared/domain/integration.ts'
import { beginKeyChange, completeKeyChange } from '../../shared/domain/key-change.ts'
import { countsOf } from '../../shared/domain/licenses-view.ts'
import { queueKeyChangeSync } from '../../shared/domain/sync-slot.ts'
import { updateDisplacingSync } from '../../shared/storage/displace-sync.ts'
import { UpdateContentionError } from '../../shared/storage/errors.ts'
import { normalizeName } from '../../shared/storage/names.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { NotFoundError } from './api-errors.ts'
import { checkKey, requireValid } from './check-key.ts'
import { requireFreeName, reserveName } from './integration-names.ts'
import type { SnapshotViews } from './snapshot-views.ts'
import { requireStorable, toInstant } from './storable-fields.ts'
import { getVisibleIntegration } from './visible-integration.ts'

const ATTEMPTS = 5

/** A key that is in the store, and the sync it is to start. */
interface StoredKey {
  readonly keyVersion: number
  readonly syncId: string
}

/**
 * Changes an integration. Everything that can be refused is checked before anything is stored: the fields, the name, a
 * new key at OpenAI. Then the name is taken, the key stored, and all of it put into effect in one write; a new key
 * starts a sync at once. Throws `NotFoundError`, `ValidationError`, `NameTakenError`, `KeyRefusedError`,
 * `KeyChangeInProgressError`.
 */
export async function editIntegration(
  deps: ApiDependencies,
  views: SnapshotViews,
  id: string,
  request: EditRequest,
): Promise<Integration> {
  const before = await getVisibleIntegration(deps, id)
  requireStorable(deps, request, deps.now())
  if (request.name !== undefined) await requireFreeName(deps, request.name, id)
  const newKey = request.adminApiKey === undefined ? undefined : await checkedKey(deps, request.adminApiKey)
  if (request.name !== undefined) await reserveName(deps, request.name, id)
  try {
    const storedKey = newKey === undefined ? undefined : await storeKey(deps, id, newKey, request)
    const after = await putIntoEffect({ deps, views, id }, request, storedKey)
    await releaseOtherName(deps, before.name, after)
    if (storedKey !== undefined) await sendSync(deps, after, storedKey.syncId)
    return after
  } catch (error) {
    await undo(deps, request.name, id)
    throw error
  }
}

async function checkedKey(deps: ApiDependencies, secret: string) {
  const key = new AdminApiKey(secret)
  const check = await checkKey(deps, key, deps.now())
  requireValid(check)
  return { key, keyExpiresAt: check.keyExpiresAt }
}

/** Notes the change, then stores the key. Killed in between or after, the next sync sees what happened, and settles it. */
async function storeKey(
  deps: ApiDependencies,
  id: string,
  { key, keyExpiresAt }: { key: AdminApiKey; keyExpiresAt: string | null },
  request: EditRequest,
): Promise<StoredKey> {
  const expiry = toInstant(request.keyExpiresAt === undefined ? keyExpiresAt : request.keyExpiresAt)
  const { keyChange } = await deps.integrations.updateIntegration(id, (current) => {
    requireVisible(current)
    return beginKeyChange(current, { keyHint: key.hint, keyExpiresAt: expiry }, deps.now())
  })
  if (keyChange === null) throw new Error('The key change was not noted.')
  await deps.keys.putKey(id, keyChange.keyVersion, key)
  return { keyVersion: keyChange.keyVersion, syncId: deps.newId() }
}

/** One write; when a sync published meanwhile, the counts under changed domains are made again for what it found. */
async function putIntoEffect(
  { deps, views, id }: { deps: ApiDependencies; views: SnapshotViews; id: string },
  request: EditRequest,
  storedKey: StoredKey | undefined,
): Promise<Integration> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const counted = await countUnder(views, id, request.companyDomains)
    const now = deps.now()
    let isCurrent = true
    const change = (current: Integration) => {
      requireVisible(current)
      isCurrent = counted === undefined || current.published?.syncId === counted.syncId
      return isCurrent ? applied(current, request, { counts: counted?.counts, storedKey, now }) : undefined
    }
    const after = await updateDisplacingSync(deps, id, change, now)
    if (isCurrent) return after
  }
  throw new UpdateContentionError(id, ATTEMPTS)
}

function applied(
  current: Integration,
  request: EditRequest,
  change: { counts: IntegrationCounts | undefined; storedKey: StoredKey | undefined; now: Date },
): Integration {
  const { counts, storedKey, now } = change
  const { companyDomains, published } = current
  const edited: Integration = {
    ...current,
    name: request.name ?? current.name,
    schedule: request.schedule === undefined ? current.schedule : request.schedule,
    keyExpiresAt: request.keyExpiresAt === undefined ? current.keyExpiresAt : toInstant(request.keyExpiresAt),
    companyDomains: request.companyDomains === undefined ? companyDomains : [...new Set(request.companyDomains)],
    published: published === null || counts === undefined ? published : { ...published, counts },
  }
  if (storedKey === undefined) return edited
  const withKey = completeKeyChange(edited, storedKey.keyVersion)
  return queueKeyChangeSync(withKey, { id: storedKey.syncId, now })
}

/** Seats and licences of the published sync under other domains; undefined when domains do not change or nothing is published. */
async function countUnder(views: SnapshotViews, id: string, domains: EditRequest['companyDomains']) {
  if (domains === undefined) return undefined
  const { view } = await views.read(id)
  if (view === null) return undefined
  const { published, snapshot } = view
  const inEffect = domains === null || domains.length === 0 ? published.inferredDomains : domains
  return { syncId: published.syncId, counts: countsOf(deriveUsers(snapshot, inEffect)) }
}

function requireVisible(current: Integration): void {
  if (current.lifecycle !== 'visible') throw new NotFoundError('integration')
}

async function releaseOtherName(deps: ApiDependencies, name: string, after: Integration): Promise<void> {
  if (normalizeName(name) !== normalizeName(after.name)) await deps.names.releaseName(name, after.id)
}

/** After a failure, which may have come after the write took effect: a name stays only if it is the integration's. */
async function undo(deps: ApiDependencies, name: string | undefined, id: string): Promise<void> {
  try {
    const current = await deps.integrations.findIntegration(id)
    const isInEffect =
      name !== undefined && current !== undefined && normalizeName(current.name) === normalizeName(name)
    if (name !== undefined && !isInEffect) await deps.names.releaseName(name, id)
    // Deleted meanwhile: a key stored after its deletion must not stay.
    if (current?.lifecycle !== 'visible') await deps.keys.destroyKey(id)
  } catch (error) {
    deps.logger.error('What an edit left behind could not be undone.', error, { integrationId: id })
  }
}

/** The integration stands whatever the queue does: the next schedule syncs it. A sync that waits is sent by the run it waits for. */
async function sendSync(deps: ApiDependencies, { id, lastSync }: Integration, syncId: string): Promise<void> {
  if (lastSync?.id !== syncId) return
  try {
    await deps.queue.send({ kind: 'sync', integrationId: id, syncId, trigger: 'key_change' })
  } catch (error) {
    deps.logger.error('The sync with the new key could not be queued.', error, { integrationId: id, syncId })
  }
}
