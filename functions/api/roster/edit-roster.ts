import { type WireReplacedRoster, rosterColumns } from '../../../shared/contracts/roster-contract.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { ApiError } from '../http/api-errors.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { parseRoster } from './parse-roster.ts'
import type { RosterCache } from './roster-cache.ts'

/** Replaces the roster as a whole. Throws `ValidationError` for a file with broken lines, and `RosterReplacedError`. */
export async function replaceRoster(
  deps: Pick<ApiDependencies, 'roster' | 'newId'>,
  csv: string,
): Promise<WireReplacedRoster> {
  const entries = parseRoster(csv)
  await deps.roster.replaceRoster(deps.newId(), entries)
  return { entries: entries.length }
}

/** The roster, in the order of the uploaded file. Throws `ApiError` if there is none. */
export async function exportRoster(cache: RosterCache): Promise<CsvAnswer> {
  const roster = await cache.read()
  if (roster === null) throw new ApiError('not_found', 'No roster is stored. Upload one with PUT.')
  return { text: toCsv(rosterColumns, [...roster.values()]), fileName: 'rollcall-roster.csv', asOf: null }
}
