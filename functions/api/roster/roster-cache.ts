import { toComparedAddress } from '../../../shared/people/address.ts'
import type { Roster } from '../../../shared/people/roster.ts'
import { SnapshotMissingError } from '../../../shared/storage/errors.ts'
import type { RosterPointer, RosterRepository } from '../../../shared/storage/roster.ts'

type Reader = Pick<RosterRepository, 'findPointer' | 'readEntries'>

/** Keeps the newest roster in memory. Each read asks for its pointer, so a replaced or deleted one is never returned. */
export class RosterCache {
  private readonly reader: Reader
  private loaded: { readonly generation: string; readonly roster: Promise<Roster> } | undefined

  constructor(reader: Reader) {
    this.reader = reader
  }

  /** Null if none is stored. The same object as long as it is not replaced. */
  async read(): Promise<Roster | null> {
    try {
      return await this.readOnce()
    } catch (error) {
      if (!(error instanceof SnapshotMissingError)) throw error
      return this.readOnce()
    }
  }

  private async readOnce(): Promise<Roster | null> {
    const pointer = await this.reader.findPointer()
    if (pointer === undefined) {
      this.loaded = undefined
      return null
    }
    return this.load(pointer)
  }

  /** Concurrent requests share one load. A failed load is not kept. */
  private async load(pointer: RosterPointer): Promise<Roster> {
    const { generation } = pointer
    if (this.loaded?.generation !== generation) this.loaded = { generation, roster: this.readRoster(pointer) }
    const { loaded } = this
    try {
      return await loaded.roster
    } catch (error) {
      if (this.loaded === loaded) this.loaded = undefined
      throw error
    }
  }

  private async readRoster(pointer: RosterPointer): Promise<Roster> {
    const entries = await this.reader.readEntries(pointer)
    return new Map(entries.map((entry) => [toComparedAddress(entry.email) ?? '', entry]))
  }
}
