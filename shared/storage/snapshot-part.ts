import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as z from 'zod'
import { addEncoded, encodeRows } from '../data-sets/day-series/codec.ts'
import type { DayTable, RowSpan } from '../data-sets/day-series/day-table.ts'
import type { DayTableBuilder } from '../data-sets/day-series/day-table-builder.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import { personSchema } from './person-item.ts'

/** Leaves space for the item's keys below DynamoDB's 400 KB. */
export const PART_BYTES_AT_MOST = 350 * 1024

const PEOPLE_A_PART = 2_000
/** The approximate number of rows per part. A compressed row has about 10 bytes. */
export const ROWS_A_PART = 24_000
/** Brotli needed six times as long for a larger result, and three times as long to decompress: docs/adr/0008-performance.md. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

const peopleSchema = z.array(personSchema)

/** Packs people into parts, one at a time, so memory stays bounded. */
export function* packPeople(people: readonly SnapshotPerson[]): Generator<Uint8Array> {
  for (let from = 0; from < people.length; from += PEOPLE_A_PART) {
    const span = { from, to: Math.min(from + PEOPLE_A_PART, people.length) }
    yield* packSpan(span, ({ from, to }) => people.slice(from, to))
  }
}

/** Packs the rows of a series into parts, by person. */
export function* packSeries(table: DayTable): Generator<Uint8Array> {
  let from = 0
  for (const userId of table.users) {
    const { to } = table.spanOf(userId)
    if (to - from < ROWS_A_PART && to < table.rowCount) continue
    yield* packSpan({ from, to }, (span) => encodeRows(table, span))
    from = to
  }
}

/** One compressed part of at most 350 KB. A larger one is split in half. */
function* packSpan(span: RowSpan, encode: (span: RowSpan) => unknown): Generator<Uint8Array> {
  const packed = zstdCompressSync(JSON.stringify(encode(span)), FAST)
  if (packed.byteLength <= PART_BYTES_AT_MOST) {
    yield packed
    return
  }
  const { from, to } = span
  if (to - from < 2) throw new RangeError('One entry of a snapshot is larger than a part.')
  const middle = Math.ceil((from + to) / 2)
  yield* packSpan({ from, to: middle }, encode)
  yield* packSpan({ from: middle, to }, encode)
}

/** The people of a part. Throws `ZodError` for an invalid one. */
export function unpackPeople(packed: Uint8Array): readonly SnapshotPerson[] {
  return peopleSchema.parse(unpack(packed))
}

/** Adds a part's rows to a table. Days outside the table's window are left out. Throws as `addEncoded` for an invalid part. */
export function unpackRows(packed: Uint8Array, table: DayTableBuilder): void {
  addEncoded(unpack(packed), table)
}

function unpack(packed: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(packed).toString('utf8'))
}
