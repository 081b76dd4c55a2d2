import type { KeysItem } from '../../shared/data-sets/keys/keys.ts'
import { type ApiBenchOptions, startApiBench } from './api-bench.ts'

interface KeysAnswer {
  readonly items: readonly {
    readonly id: string
    readonly findings: readonly string[]
    readonly status: string
    readonly owner: Readonly<Record<string, unknown>> | null
  }[]
  readonly nextCursor: string | null
  readonly total: number
  readonly notRead: readonly unknown[]
}

/** An api bench whose organization has the keys that a test sets. */
export async function startKeysBench(options?: ApiBenchOptions) {
  const bench = await startApiBench(options)
  const provider: { found: { items: readonly KeysItem[]; isComplete: boolean } | Error } = {
    found: { items: [], isComplete: true },
  }
  const read = () => {
    const { found } = provider
    if (found instanceof Error) throw found
    return { ...found, rows: found.items.length }
  }
  bench.organization().lists['keys'] = { check: async () => void read(), read: async () => read() }
  let id = ''
  const get = (path: string) => bench.request('GET', `/integrations/${id}${path}`)
  return {
    ...bench,
    provider,
    id: () => id,
    get,
    connect: async () => {
      id = await bench.connected()
    },
    connectWith: async (...items: readonly KeysItem[]) => {
      provider.found = { items, isComplete: true }
      id = await bench.connected()
    },
    keysOf: async (query = '') => (await get(`/keys${query}`)).body as KeysAnswer,
    syncLater: async () => {
      bench.advance(3_600_000)
      await bench.scheduledSync(id)
    },
  }
}

export type KeysBench = Awaited<ReturnType<typeof startKeysBench>>
