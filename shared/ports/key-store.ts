import type { AdminApiKey } from '../domain/admin-api-key.ts'

/** Writes and destroys Admin API keys, one for each integration. The api function holds only this. */
export interface KeyWriter {
  /** Stores a key as the integration's version `keyVersion`, replacing any older one. */
  putKey(integrationId: string, keyVersion: number, key: AdminApiKey): Promise<void>
  /** Destroys the key without a recovery window. Repeating it is harmless. */
  destroyKey(integrationId: string): Promise<void>
}

/** Reads Admin API keys. The sync function holds only this. */
export interface KeyReader {
  /** The integration's key and its version; undefined when there is none. */
  findKey(integrationId: string): Promise<{ key: AdminApiKey; keyVersion: number } | undefined>
}
