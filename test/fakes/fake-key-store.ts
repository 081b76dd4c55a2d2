import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { KeyReader, KeyWriter } from '../../shared/ports/key-store.ts'

/** Keys in memory, one for each integration. */
export class FakeKeyStore implements KeyReader, KeyWriter {
  readonly stored: Map<string, { secret: string; keyVersion: number }>
  readonly destroyed: string[] = []
  /** Awaited before a key is stored. */
  whileStoring: () => Promise<void> = () => Promise.resolve()
  /** Awaited after one was. */
  afterStoring: () => Promise<void> = () => Promise.resolve()
  /** Awaited before one is destroyed. */
  whileDestroying: () => Promise<void> = () => Promise.resolve()

  constructor(stored: FakeKeyStore['stored'] = new Map()) {
    this.stored = new Map(stored)
  }

  async putKey(integrationId: string, keyVersion: number, key: AdminApiKey): Promise<void> {
    await this.whileStoring()
    this.stored.set(integrationId, { secret: key.reveal(), keyVersion })
    await this.afterStoring()
  }

  async destroyKey(integrationId: string): Promise<void> {
    await this.whileDestroying()
    this.destroyed.push(integrationId)
    this.stored.delete(integrationId)
  }

  async findKey(integrationId: string): Promise<{ key: AdminApiKey; keyVersion: number } | undefined> {
    const found = this.stored.get(integrationId)
    return found && { key: new AdminApiKey(found.secret), keyVersion: found.keyVersion }
  }
}
