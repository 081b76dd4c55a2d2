import { RosterCache } from '../../functions/api/roster/roster-cache.ts'
import type { RosterEntry } from '../../shared/people/roster.ts'
import { RosterRepository } from '../../shared/storage/roster.ts'
import { keys } from '../../shared/storage/table.ts'
import type { Table } from '../../shared/storage/table-access.ts'

/** A roster whose every entry names the generation, so that a mixture would show. */
export function entriesOf(generation: string, count = 1): RosterEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    email: `person-${index}@acme.example`,
    name: null,
    manager: null,
    department: generation,
    endsOn: null,
  }))
}

/** Which rosters the stored entries are of, and how many there are. */
export async function stored(table: Table): Promise<{ departments: unknown[]; entries: number }> {
  const entries = [
    ...((await new RosterCache(new RosterRepository(table)).read()) ?? new Map<string, RosterEntry>()).values(),
  ]
  return { departments: [...new Set(entries.map(({ department }) => department))], entries: entries.length }
}

/** The generations of which any part is in the table. */
export async function generationsIn(table: Table): Promise<string[]> {
  const found = new Set<string>()
  for await (const { sk } of table.queryAll(keys.roster)) found.add(String(sk).split('#')[1] ?? 'pointer')
  return [...found].toSorted()
}
