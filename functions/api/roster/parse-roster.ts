import * as z from 'zod'
import { day, visibleText } from '../../../shared/contracts/fields.ts'
import { type FieldError } from '../../../shared/contracts/problem-contract.ts'
import { ROSTER_ENTRIES_AT_MOST, type RosterColumn, rosterColumns } from '../../../shared/contracts/roster-contract.ts'
import { toComparedAddress } from '../../../shared/people/address.ts'
import type { RosterEntry } from '../../../shared/people/roster.ts'
import { ValidationError } from '../http/api-errors.ts'
import { undefused } from '../http/csv.ts'
import { readRosterRows, type RosterRow } from './read-roster-rows.ts'

const LINES_NAMED_AT_MOST = 20
const TEXT_LENGTH = 200
/** https://www.rfc-editor.org/rfc/rfc3696#section-3 */
const ADDRESS_LENGTH = 320

const COLUMNS = Object.keys(rosterColumns).filter((name): name is RosterColumn => Object.hasOwn(rosterColumns, name))

/** An empty cell is null. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((cell) => (typeof cell === 'string' && cell.trim() !== '' ? cell.trim() : null), schema.nullable())

const text = optional(visibleText(TEXT_LENGTH))
const rowSchema = z.object({
  email: z
    .string()
    .trim()
    .regex(/^[^\s@,;]+@[^\s@,;]+$/, { error: 'must be an email address' })
    .pipe(visibleText(ADDRESS_LENGTH)),
  name: text,
  manager: text,
  department: text,
  endsOn: optional(day),
}) satisfies z.ZodType<RosterEntry>

/**
 * The employees of a roster in CSV. The header names the columns, in any order and case; only `email` is required. A `'` that a downloaded
 * roster has before a text is removed. One broken line refuses all: throws `ValidationError`, which names the first 20 of them by number,
 * and no text of the file.
 */
export function parseRoster(csv: string): RosterEntry[] {
  const [header, ...rows] = readRosterRows(csv)
  const columns = columnsOf(header)
  if (rows.length === 0) throw invalidBody('must have at least one employee below the header')
  if (rows.length > ROSTER_ENTRIES_AT_MOST) throw invalidBody(`must have at most ${ROSTER_ENTRIES_AT_MOST} employees`)
  const entries: RosterEntry[] = []
  const mistakes: FieldError[] = []
  const lineOfAddress = new Map<string, number>()
  for (const row of rows) {
    const entry = entryOf(row, columns, lineOfAddress)
    if ('message' in entry) mistakes.push(entry)
    else entries.push(entry)
  }
  if (mistakes.length > 0) throw new ValidationError(firstOf(mistakes))
  return entries
}

/** Without the empty cells that separators at the end of a line make. */
function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1)
}

/** The column of each cell. Throws `ValidationError` for an unknown, repeated or missing one. */
function columnsOf(header: RosterRow | undefined): RosterColumn[] {
  const known = `the columns are ${COLUMNS.join(', ')}`
  const field = `line ${header?.line ?? 1}`
  const columns = withoutEmptyEnd(header?.cells ?? []).map((cell, index) => {
    const column = COLUMNS.find((name) => name.toLowerCase() === cell.trim().toLowerCase())
    if (column === undefined)
      throw new ValidationError([{ field, message: `has an unknown column ${index + 1}: ${known}` }])
    return column
  })
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index)
  if (repeated !== undefined) throw new ValidationError([{ field, message: `has the column ${repeated} twice` }])
  if (!columns.includes('email')) throw new ValidationError([{ field, message: `lacks the column email: ${known}` }])
  return columns
}

/** The employee of a row, or its first mistake. */
function entryOf(
  { line, cells }: RosterRow,
  columns: readonly RosterColumn[],
  lineOfAddress: Map<string, number>,
): RosterEntry | FieldError {
  const field = `line ${line}`
  if (cells.length < columns.length || withoutEmptyEnd(cells).length > columns.length) {
    return { field, message: `has another number of cells (${cells.length}) than the header (${columns.length})` }
  }
  const parsed = rowSchema.safeParse(
    Object.fromEntries(columns.map((column, index) => [column, undefused(cells[index] ?? '')])),
    {
      jitless: true,
    },
  )
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { field, message: `${String(issue?.path[0])} ${issue?.message}` }
  }
  const address = toComparedAddress(parsed.data.email) ?? ''
  const earlier = lineOfAddress.get(address)
  if (earlier !== undefined) return { field, message: `has the same address as line ${earlier}` }
  lineOfAddress.set(address, line)
  return parsed.data
}

function firstOf(mistakes: readonly FieldError[]): FieldError[] {
  const more = mistakes.length - LINES_NAMED_AT_MOST
  const named = mistakes.slice(0, LINES_NAMED_AT_MOST)
  return more > 0 ? [...named, { field: 'body', message: `has ${more} more broken lines` }] : named
}

function invalidBody(message: string): ValidationError {
  return new ValidationError([{ field: 'body', message }])
}
