import type { EditFields, Integration, IntegrationCounts, StoredKey } from './integration.ts'

/** After this time an edit counts as interrupted: the call that started it has ended. */
const ABANDONED_AFTER_MS = 60_000

/** Another call is renaming this integration or replacing its key. */
export class EditInProgressError extends Error {
  readonly code = 'edit_in_progress'

  constructor() {
    super('Another change of this integration’s name or key is in progress. Reload the integration and retry.')
    this.name = 'EditInProgressError'
  }
}

/** True while the call that renames or replaces a key may still be running. */
export function isBeingEdited({ pendingEdit }: Pick<Integration, 'pendingEdit'>, now: Date): boolean {
  return pendingEdit !== null && now.getTime() - Date.parse(pendingEdit.startedAt) < ABANDONED_AFTER_MS
}

/**
 * Records an edit before anything outside the integration changes. A new key gets an unused version. Throws
 * `EditInProgressError` while another edit is pending, so only one of two concurrent edits wins.
 */
export function beginEdit(
  integration: Integration,
  edit: {
    readonly id: string
    readonly fields: EditFields
    /** Null when the edit has no new key. */
    readonly key: Pick<Integration, 'keyHint' | 'dataSetProblems'> | null
  },
  now: Date,
): Integration {
  if (isBeingEdited(integration, now)) throw new EditInProgressError()
  const { id, fields } = edit
  const keyVersion = integration.lastKeyVersion + 1
  const key = edit.key && { ...edit.key, keyVersion }
  return {
    ...integration,
    lastKeyVersion: key === null ? integration.lastKeyVersion : keyVersion,
    pendingEdit: { id, fields, key, startedAt: now.toISOString() },
  }
}

/** Applies fields. `counts` are the seats and licenses under changed company domains, if something is published. */
export function applyFields(integration: Integration, fields: EditFields, counts?: IntegrationCounts): Integration {
  const { published } = integration
  return {
    ...integration,
    name: fields.name ?? integration.name,
    // Published data stays that of its organization. A sync with a key of another one fails.
    organizationId: (published === null ? fields.organizationId : undefined) ?? integration.organizationId,
    companyDomains: fields.companyDomains ?? integration.companyDomains,
    schedule: fields.schedule === undefined ? integration.schedule : fields.schedule,
    keyExpiresAt: fields.keyExpiresAt === undefined ? integration.keyExpiresAt : fields.keyExpiresAt,
    published: published === null || counts === undefined ? published : { ...published, counts },
  }
}

/** Applies the recorded edit completely. A problem with the previous key is cleared. */
export function completeEdit(integration: Integration, counts?: IntegrationCounts): Integration {
  const { pendingEdit } = integration
  if (pendingEdit === null) return integration
  const edited = { ...applyFields(integration, pendingEdit.fields, counts), pendingEdit: null }
  return pendingEdit.key === null ? edited : { ...edited, ...pendingEdit.key, problem: null }
}

/**
 * Settles an interrupted edit by the stored key: with the edit's key stored it is applied completely, otherwise not at
 * all. A stored key that is newer than the integration's is always adopted, because it was checked before it was
 * stored. An edit that may still be running is left alone.
 */
export function settleEdit(
  integration: Integration,
  stored: StoredKey,
  context: { readonly isAbandoned: boolean; readonly counts?: IntegrationCounts | undefined },
): Integration {
  const { pendingEdit, keyVersion } = integration
  if (stored.keyVersion > keyVersion && pendingEdit?.key?.keyVersion === stored.keyVersion) {
    return { ...completeEdit(integration, context.counts), keyHint: stored.keyHint }
  }
  const settled = context.isAbandoned ? { ...integration, pendingEdit: null } : integration
  return stored.keyVersion > keyVersion
    ? { ...settled, ...stored, keyExpiresAt: null, problem: null, dataSetProblems: {} }
    : settled
}
