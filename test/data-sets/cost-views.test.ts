import { describe, expect, test } from '@jest/globals'
import { CostViews } from '../../shared/data-sets/costs/cost-views.ts'
import { type CostRow, costs } from '../../shared/data-sets/costs/costs.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import type { ListedKey } from '../../shared/data-sets/keys/keys.ts'
import { emptySeries, NO_LISTS, WINDOW } from '../builders.ts'
import { aKey, owner } from './keys/a-key.ts'

function viewsOf(rows: readonly Partial<CostRow>[], keys: readonly ListedKey[] = []): CostViews {
  const table = new DayTableBuilder(costs, WINDOW)
  const row = {
    day: '2026-11-20',
    userId: null,
    report: 'total',
    subject: '',
    lineItem: '',
    currency: 'USD',
    cost: '1',
  }
  for (const each of rows) table.add({ ...row, ...each })
  return new CostViews({ series: { ...emptySeries(), costs: table.build() }, lists: { ...NO_LISTS, keys } })
}

describe('The main currency', () => {
  test('is the one with costs on the most days, not the one with the largest number', () => {
    const views = viewsOf([{}, { day: '2026-11-21' }, { currency: 'JPY', cost: '910000' }])
    expect([views.currency, views.otherCurrencies]).toEqual(['USD', ['JPY']])
  })

  test('of two with costs on as many days is the one with the larger total', () => {
    expect(viewsOf([{}, { currency: 'EUR', cost: '-3' }]).currency).toBe('EUR')
  })

  test('is known when all costs add up to nothing', () => {
    const report = { report: 'project', subject: 'proj_a' }
    const views = viewsOf([
      { ...report, lineItem: 'model', cost: '7.25' },
      { ...report, lineItem: 'credit', cost: '-7.25' },
    ])
    expect([views.currency, views.totalOf('USD', WINDOW), views.charges(WINDOW).length]).toEqual(['USD', '0', 2])
  })

  test('can be replaced by another one', () => {
    const views = viewsOf([{}, { day: '2026-11-21' }, { currency: 'EUR', report: 'user', userId: 'ana', cost: '2' }])
    const inEuro = views.inCurrency('EUR')
    expect([inEuro.currency, inEuro.otherCurrencies, inEuro.costOfUser('ana')]).toEqual([
      'EUR',
      ['USD'],
      { amount: '2', currency: 'EUR' },
    ])
  })
})

test('Joined over the owners of keys, service accounts are such, and a key without a known owner stands for itself', () => {
  const rows = ['key_ana', 'key_bot', 'key_gone', ''].map((subject) => ({ report: 'key', subject }))
  const views = viewsOf(rows, [aKey('key_ana'), aKey('key_bot', { owner: owner('bot', 'service_account') })])
  expect(views.attribution).toBe('key_owner')
  expect(views.ofPeople.users.map((user) => [user, user && views.kindOfOwner(user)])).toEqual([
    [null, null],
    ['ana', undefined],
    ['bot', 'service_account'],
    ['key_gone', 'key'],
  ])
})
