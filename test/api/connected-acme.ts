import { afterEach, beforeAll, beforeEach } from '@jest/globals'
import type { Answer } from './call.ts'
import { savedOnceConnected, startApiBench, type ApiBench, type SavedBench } from './api-bench.ts'

/** Acme, connected and synced once, on a new bench for each test. */
export function connectedAcme() {
  let bench: ApiBench
  let id: string
  let connected: SavedBench
  beforeAll(async () => {
    const acme = await savedOnceConnected()
    id = acme.id
    connected = acme.saved
  })
  beforeEach(async () => {
    bench = await startApiBench({ from: connected })
  })
  afterEach(() => bench.close())
  return {
    get bench() {
      return bench
    },
    get id() {
      return id
    },
    read: (): Promise<Answer> => bench.request('GET', `/integrations/${id}`),
    edit: (json: unknown): Promise<Answer> => bench.request('PATCH', `/integrations/${id}`, { json }),
  }
}
