import type { EditRequest } from '../../../shared/contracts/integration-contract.ts'
import { mistakeInProvidersKey } from '../../../shared/contracts/pasted-key.ts'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { uniqueDomains } from '../../../shared/data-sets/directory/company-domains.ts'
import { applyFields, beginEdit, completeEdit, EditInProgressError } from '../../../shared/integrations/edit.ts'
import type { EditFields, Integration } from '../../../shared/integrations/integration.ts'
import { type KeyDescription, problemsOf } from '../../../shared/providers/check-key.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { queueKeyChangeSync } from '../../../shared/integrations/sync-slot.ts'
import { countPublished } from '../../../shared/use-cases/count-published.ts'
import { updateDisplacingSync } from '../../../shared/use-cases/update-displacing-sync.ts'
import { UpdateContentionError } from '../../../shared/storage/errors.ts'
import { normalizeName, type NameHolder } from '../../../shared/storage/names.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError, ValidationError } from '../http/api-errors.ts'
import { checkNewKey } from './check-key.ts'
import { finishDeletion } from './clean-up.ts'
import { requireFreeName, reserveName } from './integration-names.ts'
import { requireStorable, toInstant } from './storable-fields.ts'
import { getVisibleIntegration } from './visible-integration.ts'

const ATTEMPTS = 5

/**
 * Changes an integration. Everything that can be refused is checked before anything is stored: the fields, the name, a
 * new key at the provider. All of it takes effect in one write; a new key starts a sync at once. Throws `NotFoundError`,
 * `ValidationError`, `NameTakenError`, `EditInProgressError`, or `ApiError` for a refused key.
 */
export async function editIntegration(deps: ApiDependencies, id: string, request: EditRequest): Promise<Integration> {
  const integration = await getVisibleIntegration(deps, id)
  requireStorable(deps, request, deps.now())
  if (request.name !== undefined) await requireFreeName(deps, request.name, id)
  const newKey =
    request.adminApiKey === undefined ? undefined : await checkedKey(deps, integration, request.adminApiKey)
  const fields = fieldsOf(request, newKey?.description)
  // Only names and keys are also stored outside the integration. Everything else is a single write.
  if (request.name === undefined && newKey === undefined) return putFieldsIntoEffect(deps, id, fields)
  return new Edit(deps, id, fields, newKey).carryOut()
}

type CheckedKey = Awaited<ReturnType<typeof checkedKey>>

async function checkedKey(deps: ApiDependencies, own: Integration, secret: string) {
  const message = mistakeInProvidersKey(own.provider, secret)
  if (message !== undefined) throw new ValidationError([{ field: 'adminApiKey', message }])
  const key = new AdminApiKey(secret)
  const check = await checkNewKey(deps, providerOf(own.provider), key, own)
  return { key, description: check.key, dataSetProblems: problemsOf(check) }
}

/** The expiry that the provider reports of a new key is used when the request sets none. */
function fieldsOf(request: EditRequest, newKey: KeyDescription | undefined): EditFields {
  const expiry = request.keyExpiresAt === undefined ? newKey?.expiresAt : request.keyExpiresAt
  const organizationId = newKey?.organization?.id
  return {
    ...(request.name !== undefined && { name: request.name }),
    ...(organizationId !== undefined && { organizationId }),
    ...(request.companyDomains !== undefined && { companyDomains: uniqueDomains(request.companyDomains ?? []) }),
    ...(request.schedule !== undefined && { schedule: request.schedule }),
    ...(expiry !== undefined && { keyExpiresAt: toInstant(expiry) }),
  }
}

function putFieldsIntoEffect(deps: ApiDependencies, id: string, fields: EditFields): Promise<Integration> {
  return updateCounted(deps, id, fields, (current, counts) => applyFields(current, fields, counts))
}

/** Updates in one write. If a sync published meanwhile, the counts under changed domains are computed again. */
async function updateCounted(
  deps: ApiDependencies,
  id: string,
  fields: EditFields,
  change: (current: Integration, counts: Parameters<typeof applyFields>[2]) => Integration | undefined,
): Promise<Integration> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const counted = await getVisibleIntegration(deps, id)
    const counts = await countPublished(deps.snapshots, counted, fields, providerOf(counted.provider).directory)
    let isCurrent = true
    const changeCounted = (current: Integration) => {
      if (current.lifecycle !== 'visible') throw new NotFoundError('integration')
      isCurrent = counts === undefined || syncIdOf(current) === syncIdOf(counted)
      return isCurrent ? change(current, counts) : undefined
    }
    const after = await updateDisplacingSync(deps, id, changeCounted, deps.now())
    if (isCurrent) return after
  }
  throw new UpdateContentionError(`Integration ${id}`, ATTEMPTS)
}

function syncIdOf({ published }: Integration): string | undefined {
  return published?.dataSets.directory.syncId
}

/** An edit of the name or the key. Its steps: record it, take the name, store the key, apply it, free the old name, send the sync. */
class Edit {
  private readonly deps: ApiDependencies
  private readonly id: string
  private readonly fields: EditFields
  private readonly newKey: CheckedKey | undefined
  private readonly editId: string

  constructor(deps: ApiDependencies, id: string, fields: EditFields, newKey: CheckedKey | undefined) {
    this.deps = deps
    this.id = id
    this.fields = fields
    this.newKey = newKey
    this.editId = deps.newId()
  }

  async carryOut(): Promise<Integration> {
    const { deps, id, fields, editId } = this
    const begun = await this.begin()
    const oldName = await deps.names.findHolder(begun.name)
    let reserved: NameHolder | undefined
    try {
      if (fields.name !== undefined) reserved = await reserveName(deps, fields.name, id)
      const keyVersion = begun.pendingEdit?.key?.keyVersion
      if (this.newKey !== undefined && keyVersion !== undefined) {
        await deps.keys.putKey(id, keyVersion, this.newKey.key)
      }
      const after = await this.putIntoEffect(keyVersion)
      await this.finish(begun.name, oldName, after)
      return after
    } catch (error) {
      await undoEdit(deps, { id, editId, name: fields.name, reserved })
      throw error
    }
  }

  private begin(): Promise<Integration> {
    const { deps, id, fields, editId } = this
    const { newKey } = this
    const key = newKey === undefined ? null : { keyHint: newKey.key.hint, dataSetProblems: newKey.dataSetProblems }
    const edit = { id: editId, fields, key }
    return deps.integrations.updateIntegration(id, (current) => {
      if (current.lifecycle !== 'visible') throw new NotFoundError('integration')
      return beginEdit(current, edit, deps.now())
    })
  }

  /** A sync that started in between can have read the new key from the store. It then applied the edit itself. */
  private putIntoEffect(keyVersion: number | undefined): Promise<Integration> {
    const { deps, id, fields, editId } = this
    return updateCounted(deps, id, fields, (current, counts) => {
      if (current.pendingEdit?.id === editId) {
        const edited = completeEdit(current, counts)
        return keyVersion === undefined ? edited : queueKeyChangeSync(edited, { id: editId, now: deps.now() })
      }
      if (keyVersion !== undefined && current.keyVersion >= keyVersion) return undefined
      throw new EditInProgressError()
    })
  }

  /** A failure here does not undo the edit: an unused name is freed later, and the next schedule starts a sync. */
  private async finish(oldName: string, heldBefore: NameHolder | undefined, after: Integration): Promise<void> {
    const { deps, id, editId } = this
    try {
      const isRenamed = normalizeName(oldName) !== normalizeName(after.name)
      if (isRenamed && heldBefore?.integrationId === id) await deps.names.releaseName(oldName, heldBefore)
      // A waiting sync is sent by the run that it waits for.
      if (this.newKey === undefined || after.lastSync?.state !== 'queued') return
      const { id: syncId, trigger } = after.lastSync
      await deps.queue.send({ kind: 'sync', integrationId: id, syncId, trigger })
    } catch (error) {
      deps.logger.error('The steps after an edit failed.', error, { integrationId: id, syncId: editId })
    }
  }
}

/**
 * Undoes an edit after a failure, even one that came after the edit took effect. Removes the recorded edit, and frees the
 * name unless the integration uses it now. If the key was stored, the next sync recognizes it by its version. If the
 * integration was deleted meanwhile, the deletion is finished, since it waited for this edit.
 */
async function undoEdit(
  deps: ApiDependencies,
  edit: { id: string; editId: string; name: string | undefined; reserved: NameHolder | undefined },
): Promise<void> {
  const { id, editId, name, reserved } = edit
  try {
    const current = await deps.integrations.updateIntegration(id, (latest) =>
      latest.pendingEdit?.id === editId ? { ...latest, pendingEdit: null } : undefined,
    )
    const isInEffect = name !== undefined && normalizeName(current.name) === normalizeName(name)
    if (name !== undefined && reserved !== undefined && !isInEffect) await deps.names.releaseName(name, reserved)
    if (current.lifecycle === 'deleting') await finishDeletion(current, deps)
  } catch (error) {
    deps.logger.error('An edit could not be undone.', error, { integrationId: id })
  }
}
