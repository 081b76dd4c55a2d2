import { createHash } from 'node:crypto'
import { NUMBERS_A_ROW } from './usage-columns.ts'
import type { UsageTable } from './usage-table.ts'

/** 128 bits in base64url: the integration, which carries it, pays for its bytes at each write. */
const DIGEST_LETTERS = 22

/**
 * A digest of a table's window and of all that is in it: tables with the same digest hold the same. Two that hold the same
 * have the same columns, since a table is sorted and has each user, model and day once.
 */
export function digestOf({ window, users, models, columns }: UsageTable): string {
  return createHash('sha256')
    .update(JSON.stringify([NUMBERS_A_ROW, window, users, models]))
    .update(columns.user)
    .update(columns.model)
    .update(columns.day)
    .update(columns.numbers)
    .digest('base64url')
    .slice(0, DIGEST_LETTERS)
}
