import type { Integration } from './integration.ts'

/** A key change older than this was killed: the call that made it is long over. */
const ABANDONED_AFTER_MS = 60_000

/** Another call is setting a key of this integration right now. */
export class KeyChangeInProgressError extends Error {
  readonly code = 'key_change_in_progress'

  constructor() {
    super('Another key of this integration is being set right now. Look which one it has, then try again.')
    this.name = 'KeyChangeInProgressError'
  }
}

/** True while a call that sets a key may still be at it. */
export function isKeyChanging(integration: Pick<Integration, 'keyChange'>, now: Date): boolean {
  const { keyChange } = integration
  return keyChange !== null && now.getTime() - Date.parse(keyChange.startedAt) < ABANDONED_AFTER_MS
}

/**
 * Notes that a key is about to be stored, under a version that no key had before. Throws `KeyChangeInProgressError`
 * while another one is: of two, one wins and the other is told.
 */
export function beginKeyChange(
  integration: Integration,
  key: { readonly keyHint: string; readonly keyExpiresAt: string | null },
  now: Date,
): Integration {
  if (isKeyChanging(integration, now)) throw new KeyChangeInProgressError()
  const keyVersion = Math.max(integration.keyVersion, integration.keyChange?.keyVersion ?? 0) + 1
  return { ...integration, keyChange: { ...key, keyVersion, startedAt: now.toISOString() } }
}

/**
 * Takes the key that was stored under `keyVersion` into use. What was wrong with the older key is wrong no more. Throws
 * `KeyChangeInProgressError` when another change has taken this one's place.
 */
export function completeKeyChange(integration: Integration, keyVersion: number): Integration {
  const { keyChange } = integration
  if (keyChange?.keyVersion !== keyVersion) throw new KeyChangeInProgressError()
  const { keyHint, keyExpiresAt } = keyChange
  return { ...integration, keyVersion, keyHint, keyExpiresAt, keyChange: null, problem: null }
}

/**
 * Ends a key change that was killed, by the version of the key that the store has: with the new key stored it has
 * happened, without it, it has not. One that may still be under way is left alone.
 */
export function settleKeyChange(integration: Integration, storedVersion: number, now: Date): Integration {
  if (integration.keyChange?.keyVersion === storedVersion) return completeKeyChange(integration, storedVersion)
  return isKeyChanging(integration, now) ? integration : { ...integration, keyChange: null }
}
