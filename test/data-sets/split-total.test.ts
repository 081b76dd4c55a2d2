import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { type CostItem, splitTotal, totalsOf } from '../../shared/data-sets/costs/split-total.ts'

const anItem = (item: Partial<CostItem>): CostItem => ({
  userId: null,
  subject: '',
  lineItem: '',
  currency: 'USD',
  units: 0n,
  ...item,
})

const items = fc.array(
  fc.record({
    userId: fc.constantFrom(null, 'ana', 'bo'),
    subject: fc.constantFrom('', 'search', 'support'),
    lineItem: fc.constantFrom('', 'input', 'output'),
    currency: fc.constantFrom('USD', 'EUR'),
    units: fc.bigInt(-(10n ** 20n), 10n ** 20n),
  }),
)

test('A report adds up to the total of each currency, whatever it says', () => {
  fc.assert(
    fc.property(items, items, (report, all) => {
      const totals = totalsOf(all)
      const sums = totalsOf(splitTotal(totals, report))
      for (const currency of ['USD', 'EUR']) expect(sums.get(currency) ?? 0n).toBe(totals.get(currency) ?? 0n)
    }),
  )
})

test('What is split does not depend on the order of the items, nor on how a combination is divided', () => {
  fc.assert(
    fc.property(items, items, (report, all) => {
      const totals = totalsOf(all)
      const divided = report.toReversed().flatMap((item) => [
        { ...item, units: item.units - 7n },
        { ...item, units: 7n },
      ])
      const inOneOrder = (split: readonly CostItem[]) =>
        split
          .filter(({ units }) => units !== 0n)
          .map((item) => JSON.stringify({ ...item, units: String(item.units) }))
          .toSorted()
      expect(inOneOrder(splitTotal(totals, divided))).toEqual(inOneOrder(splitTotal(totals, report)))
    }),
  )
})

test('A remainder below a millionth goes to the largest item, in either direction', () => {
  const report = [anItem({ userId: 'ana', units: 50_000n }), anItem({ userId: 'bo', units: 70_000n })]
  for (const [total, largest] of [
    [129_999n, 79_999n],
    [110_001n, 60_001n],
  ] as const) {
    expect(splitTotal(new Map([['USD', total]]), report)).toEqual([report[0], { ...report[1], units: largest }])
  }
})

test('A remainder of a millionth or more is attributed to nothing, also when it is negative', () => {
  const report = [anItem({ userId: 'ana', units: 50_000n })]
  expect(splitTotal(new Map([['USD', 60_000n]]), report)).toEqual([...report, anItem({ units: 10_000n })])
  expect(splitTotal(new Map([['USD', 40_000n]]), report)).toEqual([...report, anItem({ units: -10_000n })])
})

test('Of two largest items, the first by name has the remainder', () => {
  const report = [anItem({ userId: 'bo', units: 50_000n }), anItem({ userId: 'ana', units: 50_000n })]
  const split = splitTotal(new Map([['USD', 100_003n]]), report)
  expect(split.find(({ userId }) => userId === 'ana')?.units).toBe(50_003n)
})

test('Without an item, the whole total is attributed to nothing, however small it is', () => {
  expect(splitTotal(new Map([['USD', 3n]]), [])).toEqual([anItem({ units: 3n })])
})
