import { listed, used } from '../sync/sync-bench.ts'
import { type ApiBench, type SavedBench, startApiBench } from './api-bench.ts'

const PEOPLE = [
  listed('u1', { name: 'Ünal Öz', email: 'OWNER@acme.example', role: 'owner', addedAt: '2025-01-01T00:00:00.000Z' }),
  listed('u2', { name: 'bea', role: 'reader', addedAt: '2026-11-20T00:00:00.000Z' }),
  listed('u3', { name: 'Cem', email: 'cem@agency.example', addedAt: '2026-03-01T00:00:00.000Z' }),
  listed('u4', { name: null, email: null, role: null, addedAt: '2026-02-01T00:00:00.000Z' }),
  listed('u5', { name: 'Dee', role: 'Owner', accountStatus: 'disabled' }),
  listed('u6', { name: 'Eve', accountStatus: 'banned' }),
  listed('u7', { name: 'bea', apiKeyLastUsedAt: '2026-11-10T08:00:00.000Z' }),
  listed('s1', { name: 'robot', kind: 'service_account', email: null }),
]
const ROWS = [used('u1', '2026-11-24', 9), used('u3', '2026-10-20', 4), used('u5', '2026-11-01', 1)]

/** The state of a bench after a second sync that no longer found Gus, and the id of its integration. */
export async function savedWithPeople(): Promise<{ id: string; saved: SavedBench }> {
  const bench = await startApiBench()
  try {
    Object.assign(bench.organization(), { people: [...PEOPLE, listed('gone', { name: 'Gus' })], rows: ROWS })
    const id = await bench.connected()
    bench.advance(60_000)
    bench.organization().people = PEOPLE
    await bench.scheduledSync(id)
    return { id, saved: await bench.save() }
  } finally {
    await bench.close()
  }
}

/** A bench that continues from that state. */
export async function startBenchWithPeople(saved: SavedBench): Promise<ApiBench> {
  const bench = await startApiBench({ from: saved })
  Object.assign(bench.organization(), { people: PEOPLE, rows: ROWS })
  return bench
}

/** The ids of the users that a query lists. */
export async function idsOf(bench: ApiBench, id: string, query: string): Promise<string[]> {
  const { body } = await bench.request('GET', `/integrations/${id}/users?${query}`)
  return (body as { items: { id: string }[] }).items.map((user) => user.id)
}
