import { createHash } from 'node:crypto'
import { measureNames } from '../data-set.ts'
import type { DayTable } from './day-table.ts'

/** 128 bits in base64url: the integration, which carries it, pays for its bytes at each write. */
const DIGEST_LETTERS = 22

/**
 * A digest of a table's window and of all that is in it: tables with the same digest hold the same. Two that hold the same
 * have the same rows, since a table is sorted and has each set of keys once.
 */
export function digestOf({ series, window, users, labels, rows }: DayTable): string {
  return createHash('sha256')
    .update(JSON.stringify([series.id, measureNames(series), window, users, labels]))
    .update(rows.keys)
    .update(rows.amounts)
    .digest('base64url')
    .slice(0, DIGEST_LETTERS)
}
