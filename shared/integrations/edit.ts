import type { EditFields, Integration, IntegrationCounts } from './integration.ts'

/** An edit older than this was killed: the call that made it is long over. */
const ABANDONED_AFTER_MS = 60_000

/** Another call is renaming this integration or setting its key right now. */
export class EditInProgressError extends Error {
  readonly code = 'edit_in_progress'

  constructor() {
    super('Another change of this integration’s name or key is under way. Look what it made of it, then try again.')
    this.name = 'EditInProgressError'
  }
}

/** A key as the key store has it. */
export interface StoredKey {
  readonly keyVersion: number
  readonly keyHint: string
}

/** True while a call that renames or sets a key may still be at it. */
export function isBeingEdited({ pendingEdit }: Pick<Integration, 'pendingEdit'>, now: Date): boolean {
  return pendingEdit !== null && now.getTime() - Date.parse(pendingEdit.startedAt) < ABANDONED_AFTER_MS
}

/**
 * Notes an edit before anything outside the integration is touched, a new key under a version that none had before.
 * Throws `EditInProgressError` while another one is under way: of two, one wins and the other is told.
 */
export function beginEdit(
  integration: Integration,
  edit: { readonly id: string; readonly fields: EditFields; readonly keyHint: string | null },
  now: Date,
): Integration {
  if (isBeingEdited(integration, now)) throw new EditInProgressError()
  const { id, fields, keyHint } = edit
  const keyVersion = integration.lastKeyVersion + 1
  const key = keyHint === null ? null : { keyVersion, keyHint }
  return {
    ...integration,
    lastKeyVersion: key === null ? integration.lastKeyVersion : keyVersion,
    pendingEdit: { id, fields, key, startedAt: now.toISOString() },
  }
}

/** Puts fields into effect. `counts`: seats and licenses under changed company domains, where something is published. */
export function applyFields(integration: Integration, fields: EditFields, counts?: IntegrationCounts): Integration {
  const { published } = integration
  return {
    ...integration,
    name: fields.name ?? integration.name,
    companyDomains: fields.companyDomains ?? integration.companyDomains,
    schedule: fields.schedule === undefined ? integration.schedule : fields.schedule,
    keyExpiresAt: fields.keyExpiresAt === undefined ? integration.keyExpiresAt : fields.keyExpiresAt,
    published: published === null || counts === undefined ? published : { ...published, counts },
  }
}

/** Puts the noted edit into effect, whole. What was wrong with an older key is wrong no more. */
export function completeEdit(integration: Integration, counts?: IntegrationCounts): Integration {
  const { pendingEdit } = integration
  if (pendingEdit === null) return integration
  const edited = { ...applyFields(integration, pendingEdit.fields, counts), pendingEdit: null }
  return pendingEdit.key === null ? edited : { ...edited, ...pendingEdit.key, problem: null }
}

/**
 * Ends an edit that was killed, by the key that the store has: with its key stored it has happened, whole; without, not
 * at all. A newer key than the integration knows counts in any case: it was checked before it was stored. An edit that may
 * still be under way is left alone.
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
  return stored.keyVersion > keyVersion ? { ...settled, ...stored, keyExpiresAt: null, problem: null } : settled
}
