import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { packPeople, packSeries, PART_BYTES_AT_MOST } from '../../shared/storage/snapshot-part.ts'
import { keys } from '../../shared/storage/table.ts'
import { aPerson, aRow, aTable } from '../builders.ts'

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
  ['people', packPeople(names.map((name, at) => aPerson({ userId: `${at}`, name })))],
  ['usage', packSeries(aTable(names.map((model) => aRow({ model }))))],
])('More %s than an item can hold: cut into parts that each fit', (_, parts) => {
  const sizes = [...parts].map((data) => itemBytesOf(data.byteLength))
  expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(ITEM_BYTES_AT_MOST)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(ITEM_BYTES_AT_MOST)
})
