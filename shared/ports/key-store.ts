import type { AdminApiKey } from '../domain/admin-api-key.ts'

/** Writes and destroys Admin API keys, one per integration. The api function only has this. */
export interface KeyWriter {
  /** Stores a key as version `keyVersion` of the integration, replacing an older one. */
  putKey(integrationId: string, keyVersion: number, key: AdminApiKey): Promise<void>
  /** Destroys the key without a recovery window. Repeating it is harmless. */
  destroyKey(integrationId: string): Promise<void>
}

/** Reads Admin API keys. The sync function only has this. */
export interface KeyReader {
  /** The integration's key and its version. Undefined when there is none. */
  findKey(integrationId: string): Promise<{ key: AdminApiKey; keyVersion: number } | undefined>
}
