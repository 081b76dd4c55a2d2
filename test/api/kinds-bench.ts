import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { otherUsage, type OtherUsageRow } from '../../shared/data-sets/other-usage/other-usage.ts'
import { ProviderError } from '../../shared/domain/problem.ts'
import { isWithin } from '../../shared/domain/window.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { startApiBench } from './api-bench.ts'

function other(
  userId: string | null,
  day: string,
  [kind, model]: readonly [kind: string, model: string],
  [otherRequests, quantity]: readonly [requests: number, quantity: number],
): OtherUsageRow {
  return { userId, day, kind, model, otherRequests, quantity }
}

const ROWS = [
  other('bob', '2026-11-22', ['images', 'gpt-image-1'], [3, 6]),
  other('bob', '2026-11-23', ['images', 'dall-e-3'], [1, 2]),
  other('ana', '2026-11-23', ['images', 'gpt-image-1'], [4, 4]),
  other('ana', '2026-11-24', ['embeddings', 'small'], [10, 0]),
  other('stranger', '2026-11-24', ['audio_speeches', 'tts'], [2, 900]),
  other(null, '2026-11-22', ['vector_stores', ''], [0, 500]),
  other(null, '2026-11-23', ['vector_stores', ''], [0, 700]),
  other(null, '2026-11-23', ['code_interpreter_sessions', ''], [0, 12]),
]

/** The organization never had any. */
export const MODERATIONS = { part: 'moderations', code: 'data_set_unavailable', readAt: null } as const

/** A synced organization with usage of several kinds, of which moderations are missing. */
export async function startKindsBench() {
  const bench = await startApiBench()
  const reading = { fails: false }
  const organization = bench.organization()
  organization.people = [listed('ana', { role: 'owner' }), listed('bob'), listed('cyn')]
  organization.rows = [used('ana', '2026-11-24', 5), used('ana', '2026-11-20', 2, 'gpt-4')]
  organization.series['other_usage'] = {
    check: async () => {},
    read: async (window) => {
      if (reading.fails) throw new ProviderError('provider_unreachable', 'other_usage')
      const table = new DayTableBuilder(otherUsage, window)
      for (const row of ROWS.filter(({ day }) => isWithin(day, window))) table.add(row)
      return { table: table.build(), rows: ROWS.length, daysLeftOut: [], missing: [MODERATIONS] }
    },
  }
  const id = await bench.connected()
  const request = (path: string, accept = 'application/json') =>
    bench.request('GET', `/integrations/${id}${path}`, { headers: { accept } })
  return {
    bench,
    id,
    reading,
    request,
    /** A successful answer. Each is checked against the OpenAPI document. */
    get: async (path: string): Promise<unknown> => {
      const { status, body } = await request(path)
      if (status !== 200) throw new Error(`${path} was answered with ${status}.`)
      return body
    },
  }
}
