import { screen } from '@testing-library/dom'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { CompanyCostGrouping, WireCompanyCosts } from '../../../shared/contracts/company-costs-contract.ts'
import { waitUntil } from '../../watchdog.ts'
import { choose } from './open-organization.tsx'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { rowsOf, termsIn, textOf } from './read-page.ts'
import { AS_OF, ID } from './wire.ts'
import { companyAnswers, OTHER_ID, wireCostsNotRead, wireOverview } from './wire-company.ts'

const ITEMS: Readonly<Record<CompanyCostGrouping, WireCompanyCosts['items']>> = {
  integration: [
    { integrationId: ID, integrationName: 'Acme Europe', provider: 'openai', currency: 'USD', amount: '30' },
    { integrationId: OTHER_ID, integrationName: 'Acme Asia', provider: 'openai', currency: 'USD', amount: '10' },
    { integrationId: OTHER_ID, integrationName: 'Acme Asia', provider: 'openai', currency: 'EUR', amount: '7' },
  ],
  person: [
    { personId: 'p/1', name: 'Ana', email: 'ana@acme.example', kind: 'member', currency: 'USD', amount: '35' },
    { personId: null, name: null, email: null, kind: 'service_account', currency: 'USD', amount: '5' },
    { personId: null, name: null, email: null, kind: 'unattributed', currency: 'EUR', amount: '7' },
  ],
  department: [
    { department: 'Research', kind: 'person', people: 3, currency: 'USD', amount: '35' },
    { department: null, kind: 'person', people: 1, currency: 'USD', amount: '5' },
    { department: null, kind: 'unattributed', people: 0, currency: 'EUR', amount: '7' },
  ],
}

function wireCompanyCosts(groupBy: CompanyCostGrouping, overrides: Partial<WireCompanyCosts> = {}): WireCompanyCosts {
  return {
    from: '2026-11-01',
    to: '2026-11-24',
    groupBy,
    items: ITEMS[groupBy],
    nextCursor: null,
    total: ITEMS[groupBy].length,
    totals: [
      { currency: 'USD', amount: '40' },
      { currency: 'EUR', amount: '7' },
    ],
    notRead: [],
    oldestSyncedAt: AS_OF.syncedAt,
    ...overrides,
  }
}

const ANSWERS: Answers = {
  ...companyAnswers(),
  '/v1/overview': wireOverview(),
  '/v1/costs': ({ groupBy }: { groupBy: CompanyCostGrouping }) => wireCompanyCosts(groupBy),
}

const open = (answers: Answers = {}) => openLoadedPage('/spend', '[role=table]', { ...ANSWERS, ...answers })

/** The rows of each table as texts. */
function tablesOn(page: Element): string[][][] {
  return [...page.querySelectorAll('[role=table]')].map((table) =>
    rowsOf(table).map((row) => Object.values(row).map((cell) => textOf(cell))),
  )
}

describe('The spend of all organizations', () => {
  let opened: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    opened = await open()
  })

  test('is this month’s beside the same days of the last', () => {
    expect(termsIn(opened.page)).toEqual({
      'November 2026 so far': ['$1,804.25', 'Nov 1 – Nov 24; the last two days are not complete'],
      'Its complete days': ['$1,500.00', 'Nov 1 – Nov 22'],
      'Same days of October 2026': ['$1,200.00', 'as many days'],
      'Change of complete days': ['+25%', '+$300.00 in these days'],
      'October 2026': ['$2,210.75', 'the whole month'],
    })
  })

  test('is by organization at first, each leading to its spend, with a table for each currency', () => {
    expect(tablesOn(opened.page)).toEqual([
      [
        ['Acme EuropeQuill', '$30.00', '75.0%'],
        ['Acme AsiaQuill', '$10.00', '25.0%'],
        ['Total', '$40.00', ''],
      ],
      [
        ['Acme AsiaQuill', '€7.00', '100.0%'],
        ['Total', '€7.00', ''],
      ],
    ])
    expect(screen.getByRole('link', { name: 'Acme Europe' }).getAttribute('href')).toBe(`/integrations/${ID}/spend`)
  })

  test('is by person on demand, each leading to their page', async () => {
    const asked = await opened.queryAfter(() => choose('Costs by', 'Person'), '/v1/costs')
    expect(asked).toEqual({ groupBy: 'person', from: '2026-11-01', to: '2026-11-24', limit: '100' })
    const person = await waitUntil('a person', () => screen.queryByRole('link', { name: 'Ana' }))
    expect(person.getAttribute('href')).toBe('/people/p%2F1')
    expect(tablesOn(opened.page)[0]).toEqual([
      ['Anaana@acme.example', '$35.00', '87.5%'],
      ['Service accounts', '$5.00', '12.5%'],
      ['Total', '$40.00', ''],
    ])
  })

  test('is by department on demand', async () => {
    choose('Costs by', 'Department')
    await waitUntil('a department', () => textOf(opened.page).includes('Research'))
    expect(tablesOn(opened.page)[0]).toEqual([
      ['Research3 people', '$35.00', '87.5%'],
      ['Without a department1 person', '$5.00', '12.5%'],
      ['Total', '$40.00', ''],
    ])
  })

  test('is that of the last month on demand', async () => {
    const asked = await opened.queryAfter(() => choose('Month', 'October 2026'), '/v1/costs')
    expect(asked).toMatchObject({ from: '2026-10-01', to: '2026-10-31' })
  })
})

describe('The spend of all organizations of which some were not read', () => {
  test('names the organizations whose costs are not in it', async () => {
    const notRead = [
      wireCostsNotRead({ costsAsOf: null, from: null, to: null, state: 'not_permitted' }),
      wireCostsNotRead({ integrationId: 'THIRD', integrationName: 'Acme Africa', state: 'current', attribution: null }),
    ]
    const { page } = await open({ '/v1/costs': wireCompanyCosts('person', { notRead }) })
    expect(textOf(page)).toContain('Acme Asia: the key may not read its costs.')
    expect(textOf(page)).toContain('Acme Africa: it is not known who caused its costs.')
  })

  test('says when no costs were read', async () => {
    const { page } = openPage('/spend', { ...ANSWERS, '/v1/overview': wireOverview({ costs: [] }) })
    await waitUntil('the reason', () => textOf(page).includes('No costs were read'))
  })
})
