import * as z from 'zod'
import type { RosterEntry } from '../people/roster.ts'
import type { CsvColumns } from './csv-columns.ts'
import { count } from './fields.ts'

/** The columns of a roster, in the order in which it is answered. */
export const rosterColumns = {
  email: ({ email }) => email,
  name: ({ name }) => name,
  manager: ({ manager }) => manager,
  department: ({ department }) => department,
  endsOn: ({ endsOn }) => endsOn,
} as const satisfies CsvColumns<RosterEntry>

export type RosterColumn = keyof typeof rosterColumns

/** The rows below the header. */
export const ROSTER_ENTRIES_AT_MOST = 50_000

/** What was stored. */
export const replacedRosterSchema = z.strictObject({ entries: count })

export type WireReplacedRoster = z.output<typeof replacedRosterSchema>

const example =
  'email,name,manager,department,endsOn\r\nana@acme.example,Ana,zoe@acme.example,Research,\r\nbob@acme.example,Bob,ana@acme.example,Research,2026-12-31\r\n'

export const rosterRequestExamples = { replaceRoster: example }
export const rosterAnswerExamples = { getRoster: example, replaceRoster: { entries: 2 } satisfies WireReplacedRoster }
