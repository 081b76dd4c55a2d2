import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { ASSUMPTIONS } from '../../../tools/costs/assumptions.ts'
import { BILL, costTables, withTables } from '../../../tools/costs/cost-tables.ts'
import { countStack } from '../../../tools/costs/count-stack.ts'
import { COUNTS } from '../../../tools/costs/counts.ts'
import { PRICES } from '../../../tools/costs/prices.ts'
import { synthesized } from '../../infra/synthesized.ts'

const input = { counts: COUNTS, assumptions: ASSUMPTIONS, prices: PRICES }

test('docs/costs.md has the figures computed from the committed counts', () => {
  const page = readFileSync(new URL('../../../docs/costs.md', import.meta.url), 'utf8')
  expect(withTables(page, costTables(input))).toBe(page)
})

test('Every price is in exactly one line of the bill', () => {
  expect(BILL.flatMap(([, names]) => names).toSorted()).toEqual(Object.keys(PRICES).toSorted())
})

test('The billed alarms, metrics and dashboards are those of the stack', async () => {
  expect(COUNTS.stack).toEqual(countStack((await synthesized('counted')).toJSON()['Resources']))
})

test('A page without markers is refused', () => {
  expect(() => withTables('# Costs\n', 'figures')).toThrow('The page has no')
})
