import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { addEncoded, encodeRows } from '../data-sets/day-series/codec.ts'
import type { DayTable, RowSpan } from '../data-sets/day-series/day-table.ts'
import type { DayTableBuilder } from '../data-sets/day-series/day-table-builder.ts'
import type { ListDataSet } from '../data-sets/data-set.ts'

/** Leaves space for the item's keys below DynamoDB's 400 KB. */
export const PART_BYTES_AT_MOST = 350 * 1024

const ITEMS_A_PART = 2_000
/** The maximum number of rows per part, unless one person has more. A compressed row has about 10 bytes. */
export const ROWS_A_PART = 24_000
/** Brotli needed six times as long for a larger result, and three times as long to decompress: docs/adr/0008-performance.md. */
export const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Packs the items of a list into parts, one at a time, so memory stays bounded. */
export function* packItems(items: readonly unknown[]): Generator<Uint8Array> {
  for (let from = 0; from < items.length; from += ITEMS_A_PART) {
    const span = { from, to: Math.min(from + ITEMS_A_PART, items.length) }
    yield* packSpan(span, ({ from, to }) => items.slice(from, to))
  }
}

/** Packs the rows of a series into parts, by person. */
export function* packSeries(table: DayTable): Generator<Uint8Array> {
  let span: RowSpan = { from: 0, to: 0 }
  for (const userId of table.users) {
    const { from, to } = table.spanOf(userId)
    if (to - span.from > ROWS_A_PART && from > span.from) {
      yield* packRows(table, span)
      span = { from, to }
    } else span = { from: span.from, to }
  }
  if (span.to > span.from) yield* packRows(table, span)
}

function packRows(table: DayTable, span: RowSpan): Generator<Uint8Array> {
  return packSpan(span, (each) => encodeRows(table, each))
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

/** The items of a part. Throws `ZodError` for an invalid one. */
export function unpackItems<Item>({ itemSchema }: Pick<ListDataSet<Item>, 'itemSchema'>, packed: Uint8Array): Item[] {
  return itemSchema.array().parse(unpack(packed))
}

/** Adds a part's rows to a table. Days outside the table's window are left out. Throws as `addEncoded` for an invalid part. */
export function unpackRows(packed: Uint8Array, table: DayTableBuilder): void {
  addEncoded(unpack(packed), table)
}

function unpack(packed: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(packed).toString('utf8'))
}
