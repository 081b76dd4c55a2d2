import { createHash } from 'node:crypto'
import { columnNames } from './columns.ts'
import type { DayTable } from './day-table.ts'

/** 128 bits in base64url. It is part of the integration's item, so its bytes cost capacity on every write. */
const DIGEST_LETTERS = 22

/**
 * A digest of a table's window and content. Tables have the same digest exactly if they have the same content, because a
 * table is sorted and has each combination of keys once.
 */
export function digestOf({ series, window, users, labels, rows }: DayTable): string {
  return createHash('sha256')
    .update(JSON.stringify([series.id, columnNames(series), window, users, labels]))
    .update(rows.keys)
    .update(rows.amounts)
    .digest('base64url')
    .slice(0, DIGEST_LETTERS)
}
