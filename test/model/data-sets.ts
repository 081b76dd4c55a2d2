import { isDeepStrictEqual } from 'node:util'

/** How the reading of one data set ended. `code` says why it was not read. */
export interface ModelDataSetResult {
  readonly id: string
  readonly outcome: string
  readonly rows: number
  readonly code: string | null
}

/** A data set that was read, beside what was published before. The order of entries does not matter. */
export function readResult(
  id: string,
  rows: number,
  { before, after }: { readonly before: readonly object[] | undefined; readonly after: readonly object[] },
): ModelDataSetResult {
  const isUnchanged = before !== undefined && isDeepStrictEqual(inOneOrder(before), inOneOrder(after))
  return { id, outcome: isUnchanged ? 'unchanged' : 'read', rows, code: null }
}

/** What a sync says of a data set that it could not read, or whose rows it did not believe. */
export function notReadResult(id: string, code: string, rows = 0): ModelDataSetResult {
  return { id, outcome: stateBy(code), rows, code }
}

/** “`not_permitted` (with the permission it needs), `unavailable` (the provider or organization has none)”, else `failed`. */
export function stateBy(code: string): string {
  if (code === 'insufficient_permissions') return 'not_permitted'
  return code === 'data_set_unavailable' ? 'unavailable' : 'failed'
}

function inOneOrder(entries: readonly object[]): string[] {
  return entries.map((entry) => JSON.stringify(entry)).toSorted()
}
