import { expect, test } from '@jest/globals'
import { costRowsOf, sortCostRows } from '../../dashboard/src/pages/spend/cost-rows.ts'
import { readSpendView } from '../../dashboard/src/pages/spend/spend-view.ts'

const DEFAULTS = { stack: 'lineItem', month: 'this', by: 'project', sort: '-amount' }

test('The address of Spend contains the view, and defaults stand for what it lacks or gets wrong', () => {
  const view = { stack: 'project', month: 'last', by: 'user', sort: 'name', currency: 'EUR' }
  expect(readSpendView(new URLSearchParams(view))).toEqual(view)
  expect(readSpendView(new URLSearchParams())).toEqual(DEFAULTS)
  expect(readSpendView(new URLSearchParams('by=sofa&month=next&sort=size&stack=&days=7&currency=euros'))).toEqual(
    DEFAULTS,
  )
})

test('Rows are ordered by amounts of any size and by name, and equal amounts keep the order of the API', () => {
  const amounts = ['90071992547409.93', '90071992547409.92', '-1', '0.0000000001', '0.0000000001']
  const items = amounts.map((amount, index) => ({ projectId: `p${index}`, name: 'bcaed'.charAt(index), amount }))
  const order = (sort: Parameters<typeof sortCostRows>[1]) =>
    sortCostRows(costRowsOf(items, 'workspace'), sort).map(({ id }) => id)
  expect(order('-amount')).toEqual(['p0', 'p1', 'p3', 'p4', 'p2'])
  expect(order('amount')).toEqual(['p2', 'p3', 'p4', 'p1', 'p0'])
  expect(order('name')).toEqual(['p2', 'p0', 'p1', 'p4', 'p3'])
})
