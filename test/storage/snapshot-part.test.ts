import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import type { DaySeries } from '../../shared/data-sets/data-set.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { usage } from '../../shared/data-sets/usage/usage.ts'
import { packItems, packSeries, PART_BYTES_AT_MOST, unpackRows } from '../../shared/storage/snapshot-part.ts'
import { keys } from '../../shared/storage/table.ts'
import { aPerson, aRow, aTable, WINDOW } from '../builders.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items */
const ITEM_BYTES_AT_MOST = 400 * 1024

/** What a part takes as an item: the names of its attributes count, as do its keys. */
function itemBytesOf(dataBytes: number): number {
  const sync = '01K0000000000000000000SYNC'
  const key = keys.snapshotPart('01K0000000000000000000ORG0', `${sync}.${Number.MAX_SAFE_INTEGER}`, 999_999)
  const texts = [...Object.entries(key).flat(), 'data']
  return Buffer.byteLength(texts.join('')) + dataBytes
}

test('A part of the largest size fits into an item of DynamoDB’s, with its key', () => {
  expect(itemBytesOf(PART_BYTES_AT_MOST)).toBeLessThanOrEqual(ITEM_BYTES_AT_MOST)
})

/** Nothing can be made of these that is smaller: together they take a little more than an item holds. */
const names = Array.from({ length: 100 }, () => randomBytes(ITEM_BYTES_AT_MOST / 100).toString('base64'))

test.each([
  ['people', packItems(names.map((name, at) => aPerson({ userId: `${at}`, name })))],
  ['usage', packSeries(aTable(names.map((model) => aRow({ model }))))],
])('More %s than an item can hold: cut into parts that each fit', (_, parts) => {
  const sizes = [...parts].map((data) => itemBytesOf(data.byteLength))
  expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(ITEM_BYTES_AT_MOST)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(ITEM_BYTES_AT_MOST)
})

test('A part of usage has at most 24,000 rows, and nobody’s rows are in two parts', () => {
  const models = Array.from({ length: 200 }, (_, index) => `model-${index}`)
  const ids = Array.from({ length: 250 }, (_, index) => `user-${index}`)
  const rows = ids.flatMap((userId) => models.map((model) => aRow({ userId, model })))
  const tables = [...packSeries(aTable([...rows, aRow({ userId: 'zoe' })]))].map((part) => {
    const builder = new DayTableBuilder<DaySeries>(usage, WINDOW)
    unpackRows(part, builder)
    return builder.build()
  })
  expect(tables.map(({ rowCount }) => rowCount)).toEqual([24_000, 24_000, 2_001])
  const users = tables.flatMap((table) => table.users)
  expect(users).toHaveLength(new Set(users).size)
})
