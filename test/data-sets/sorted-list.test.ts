import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { type ListOrder, SortedList, sortItems } from '../../shared/data-sets/sorted-list.ts'

interface Item {
  readonly id: string
  readonly size: number | null
}

const order = (descending: boolean): ListOrder<Item> => ({
  valueOf: ({ size }) => size,
  idOf: ({ id }) => id,
  descending,
  isWritten: false,
})
const anyItems = fc.uniqueArray(
  fc.record({ id: fc.string({ maxLength: 3 }), size: fc.option(fc.integer({ min: 0, max: 5 })) }),
  { selector: ({ id }) => id, maxLength: 40 },
)

test('The first items that are selected are those of the sorted list, however many are asked for, and in whatever order', () => {
  fc.assert(
    fc.property(anyItems, fc.boolean(), fc.array(fc.nat(45), { maxLength: 4 }), (items, descending, counts) => {
      const sorted = sortItems(items, order(descending))
      const list = new SortedList(items, order(descending))
      for (const count of counts) expect(list.firstItems(count)).toEqual(sorted.slice(0, count))
      expect([list.length, list.all]).toEqual([items.length, sorted])
      expect(list.firstItems(7)).toEqual(sorted.slice(0, 7))
    }),
  )
})

test('A comparison of items sorts as the values that it stands for, ids included', () => {
  fc.assert(
    fc.property(anyItems, fc.boolean(), (items, descending) => {
      const known = items.map((item) => ({ ...item, size: item.size ?? 0 }))
      const compare = (left: Item, right: Item) => (left.size ?? 0) - (right.size ?? 0)
      expect(new SortedList(known, { ...order(descending), compare }).all).toEqual(sortItems(known, order(descending)))
    }),
  )
})

test('Ids are asked for only among items with the same value', () => {
  const asked: string[] = []
  const items = ['a', 'b', 'c', 'd'].map((id, size) => ({ id, size: id === 'd' ? 2 : size }))
  const counting = { ...order(true), idOf: ({ id }: Item) => (asked.push(id), id) }
  expect(new SortedList(items, counting).firstItems(1).map(({ id }) => id)).toEqual(['c'])
  expect(new Set(asked)).toEqual(new Set(['c', 'd']))
})
