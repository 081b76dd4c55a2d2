import type { Day } from '../domain/day.ts'

/** An employee, as the company's roster lists them. */
export interface RosterEntry {
  /** As in the file. */
  readonly email: string
  readonly name: string | null
  readonly manager: string | null
  readonly department: string | null
  /** The last day of employment. Null: none is set. */
  readonly endsOn: Day | null
}

/** The employees by their addresses as `toComparedAddress` writes them. */
export type Roster = ReadonlyMap<string, RosterEntry>
